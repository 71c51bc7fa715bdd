import { createHash } from 'node:crypto'
import { withoutSecrets } from '../../build/build-secrets.ts'
import { pullRuntimeImage, type RuntimeImageAnswer } from '../../build/pull-runtime-image.ts'
import { ActionError } from '../../errors.ts'
import { localName } from '../../inspect/local-name.ts'
import { architectureRow } from '../../lambda/architecture.ts'
import type { LayerBuildSource, LayerPlan } from '../../plan/plan.ts'
import type { Images } from '../../ports/images.ts'
import type { BuiltFolder, LayerBuilder } from '../../ports/layer-builder.ts'
import type { LayerFiles } from '../../ports/layer-files.ts'
import type { Log } from '../../ports/log.ts'
import { layerBuildFailure } from './layer-build-failure.ts'
import { passedVariables } from './passed-variables.ts'
import { sourceBuilds } from './source-builds.ts'

export type LayerBuildPorts = {
  readonly images: Images
  readonly layerBuilder: LayerBuilder
  readonly layerFiles: LayerFiles
  readonly log: Log
}

/** What was built, and the line that the report says of it. */
export type BuiltLayer = { readonly folder: BuiltFolder; readonly detail: string }

/** Enough for the last ones of an error, whatever of them is noise. */
const REMEMBERED_LINES = 200

type FoundImage = Extract<RuntimeImageAnswer, { readonly reference: string }>

/**
 * Fills a layer in its build image. Rejects with image-not-found when there is no such image, and with build-failed when
 * the build fails or leaves nothing.
 */
export async function buildLayer(
  plan: LayerPlan,
  source: LayerBuildSource,
  environment: Readonly<Record<string, string | undefined>>,
  { images, layerBuilder, layerFiles, log }: LayerBuildPorts,
): Promise<BuiltLayer> {
  const image = await findBuildImage(plan, images)
  const { variables, secrets } = passedVariables(environment)
  for (const secret of secrets) log.mask(secret)
  const compiled = sourceBuilds()
  const said: string[] = []
  log.info(`Building in ${image.reference}: ${source.how}`)
  const end = await layerBuilder.run({
    ...source.container,
    image: { ...localName(image.reference, image.image), platform: architectureRow(plan.architecture).platform },
    environment: variables,
    source: source.path,
    leaveOut: plan.report.directory,
    cacheKey: cacheKey(image),
    onLine(line) {
      compiled.take(line)
      const shown = withoutSecrets(line, secrets)
      log.info(shown)
      said.push(shown)
      if (said.length > REMEMBERED_LINES) said.shift()
    },
  })
  const { how } = source
  if (!('built' in end)) throw layerBuildFailure({ ...end, how, image: image.reference, log: said.join('\n') })
  try {
    if (!(await holdsFiles(end.built, layerFiles))) throw nothingBuilt(source, image.reference)
  } catch (error) {
    await end.built[Symbol.asyncDispose]()
    throw error
  }
  return { folder: end.built, detail: detail(source, image.reference, compiled.names(), log) }
}

async function findBuildImage({ buildImage, architecture }: LayerPlan, images: Images): Promise<FoundImage> {
  const answer = await pullRuntimeImage(buildImage.reference, architecture, images)
  if ('image' in answer) return answer
  if (buildImage.from === 'given') throw answer.unreadable
  const { message } = answer.unreadable
  throw new ActionError('image-not-found', `The layer cannot be built: ${message}`, {
    help: `\`build-image\` names another image to build in; ${buildImage.reference} is taken because ${buildImage.because}.`,
  })
}

/** What one image compiled must not be found by another: the next tag may have another C library. */
function cacheKey({ image }: FoundImage): string {
  return createHash('sha256').update(image.id).digest('hex').slice(0, 16)
}

async function holdsFiles({ path }: BuiltFolder, layerFiles: LayerFiles): Promise<boolean> {
  let found = false
  await layerFiles.readFolder(path, ({ type }) => {
    found ||= type !== 'directory'
    return undefined
  })
  return found
}

function nothingBuilt({ how, installs }: LayerBuildSource, image: string): ActionError {
  const message = `The layer is empty: ${how} ended well in ${image}, and left nothing in /out.`
  return new ActionError('build-failed', message, {
    help: installs
      ? 'Does the manifest name any dependency that functions need? Those for development are left out.'
      : 'The command must put its result into /out (also in ARTIFACTS_DIR), laid out as under /opt.\nmkdir -p /out/python && cp app.py /out/python/',
  })
}

function detail({ how }: LayerBuildSource, image: string, compiled: readonly string[], log: Log): string {
  if (compiled.length === 0) return `${how} in ${image}`
  const names = compiled.join(', ')
  log.warning(`Built from source in ${image}, since no ready-made package fits: ${names}.`)
  return `${how} in ${image}; from source: ${names}`
}
