import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HOST_CA_BUNDLE, trustedAuthorities } from '../debian/trust.ts'
import type { LabEmulator } from '../emulator.ts'
import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { run, succeeds } from '../process/command.ts'
import type { Progress } from '../progress.ts'
import { buildInFolder, hardLinked, importedRoot, LAB_LABEL } from './build.ts'
import { nodeClient, pythonClient } from './clients.ts'
import { nodeDistribution } from './node.ts'
import { IMAGES, RECIPE_LABEL, recipe } from './recipe.ts'
import { isPushed, STAND_INS, type StandIn, type StandInName } from './stand-ins.ts'
import { staticShell } from './static-shell.ts'

export type ImageMaker = {
  readonly folders: LabFolders
  readonly progress: Progress
  readonly emulator: LabEmulator
  /** Host of the anonymous registry that the images are named after and pushed to. */
  readonly registry: string
}

/** Makes the stand-ins that are missing or outdated in the local engine, and base images in the public registry. */
export async function standInImages<Name extends StandInName>(
  maker: ImageMaker,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const references: [Name, string][] = []
  for (const name of names) references.push([name, await ensureImage(maker, name)])
  return Object.fromEntries(references) as Record<Name, string>
}

/** A lock for each: what images share (roots, clients) has locks of its own. */
function ensureImage(maker: ImageMaker, name: StandInName): Promise<string> {
  return withLock(maker.folders, `image-${name}`, () => upToDate(maker, name))
}

async function upToDate(maker: ImageMaker, name: StandInName): Promise<string> {
  const reference = `${maker.registry}/${name}`
  const wanted = recipe(name, maker.emulator.sha256)
  if ((await recipeOf(reference)) !== wanted) {
    await maker.progress.step(`making the stand-in image ${name}`, () => make(maker, name, reference, wanted))
  }
  if (isPushed(name) && !(await isInRegistry(maker, name)))
    await maker.progress.step(`pushing ${reference}`, () => run('docker', ['push', '-q', reference]))
  return reference
}

async function isInRegistry({ registry }: ImageMaker, name: StandInName): Promise<boolean> {
  const answer = await fetch(`http://${registry}/v2/${name.replace(':', '/manifests/')}`, {
    method: 'HEAD',
    headers: {
      accept: 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json',
    },
  })
  return answer.status === 200
}

async function recipeOf(reference: string): Promise<string | undefined> {
  if (!(await succeeds('docker', ['image', 'inspect', reference]))) return undefined
  const format = `{{index .Config.Labels "${RECIPE_LABEL}"}}`
  return (await run('docker', ['image', 'inspect', '--format', format, reference])).trim()
}

async function make(maker: ImageMaker, name: StandInName, reference: string, wanted: string): Promise<void> {
  const standIn: StandIn = STAND_INS[name]
  const context = join(maker.folders.cache, `${name.replace(/[/:]/g, '-')}.context`)
  rmSync(context, { recursive: true, force: true })
  mkdirSync(context, { recursive: true })
  try {
    const buildArguments = await fill(maker, standIn, context)
    const labels = [
      LAB_LABEL,
      `${RECIPE_LABEL}=${wanted}`,
      'lambda-parity.stand-in=true',
      `org.opencontainers.image.description=Stand-in for public.ecr.aws/${name}, made by the lab of lambda-parity on Debian`,
    ].flatMap((label) => ['--label', label])
    await buildInFolder(context, [...labels, ...buildArguments, '--tag', reference, '--load'])
    if (isPushed(name)) await run('docker', ['push', '-q', reference])
  } finally {
    rmSync(context, { recursive: true, force: true })
  }
}

/** Puts what the Dockerfile copies into the context; returns its build arguments. */
async function fill(maker: ImageMaker, standIn: StandIn, context: string): Promise<string[]> {
  const { folders, progress } = maker
  for (const folder of ['entry', standIn.family]) {
    for (const file of readdirSync(join(IMAGES, folder))) cpSync(join(IMAGES, folder, file), join(context, file))
  }
  if (standIn.family === 'sam' || standIn.family === 'java') {
    writeFileSync(join(context, 'ca-certificates.crt'), trustedAuthorities() ?? '')
  }
  if ('from' in standIn) {
    const version = standIn.family === 'sam' ? [] : ['--build-arg', `VERSION=${standIn.version}`]
    return ['--build-arg', `ROOT=${await ensureImage(maker, standIn.from)}`, ...version]
  }

  if (standIn.family === 'provided-arm64') {
    linkSync(maker.emulator.arm64.path, join(context, 'aws-lambda-rie'))
    linkSync(await staticShell(folders), join(context, 'bash-static'))
    return ['--platform', 'linux/arm64']
  }

  linkSync(maker.emulator.path, join(context, 'aws-lambda-rie'))
  const root = await importedRoot(folders, progress, standIn.release)
  if (standIn.family === 'nodejs') {
    hardLinked(await nodeDistribution(folders, progress, standIn.node), join(context, 'node'))
    hardLinked(await nodeClient(folders, progress, standIn.node), join(context, 'client'))
  } else if (standIn.family === 'python') {
    hardLinked(await pythonClient(folders, standIn), join(context, 'client'))
    writeFileSync(join(context, 'pip.conf'), existsSync(HOST_CA_BUNDLE) ? `[global]\ncert = ${HOST_CA_BUNDLE}\n` : '')
  }
  return ['--build-arg', `ROOT=${root}`, '--build-arg', `VERSION=${standIn.version}`]
}
