import { join, relative } from 'node:path'
import type { Files } from '../../ports/files.ts'
import { readAssemblyFile } from './assembly-file.ts'
import { type Artifact, ASSEMBLY_MANIFEST, METADATA, type Metadata } from './assembly-schema.ts'
import { UnusableAssembly } from './unusable-assembly.ts'

/** One stack of an assembly, with the files that tell of it. Paths are relative to the working directory. */
export type Stack = {
  /** The folder that was given: files of the assembly are in it. */
  readonly root: string
  /** Folder of the stack's own assembly, which is nested when the stack belongs to a stage. */
  readonly folder: string
  readonly template: string
  readonly assetManifests: readonly string[]
  /** Absent where the app leaves it to the deployment. */
  readonly account?: string
  readonly region?: string
  /** Values that the app gives to parameters of the template. */
  readonly parameters: Readonly<Record<string, string>>
  readonly metadata: Metadata
}

// CDK nests one assembly per stage; stages in stages are rare.
const DEEPEST = 16
const MOST_STACKS = 2000

/** Whether a folder holds a cloud assembly: other programs have a `manifest.json` too. */
export async function isCloudAssembly(folder: string, files: Files): Promise<boolean> {
  try {
    await readAssemblyFile(join(folder, 'manifest.json'), ASSEMBLY_MANIFEST, files)
    return true
  } catch (error) {
    if (error instanceof UnusableAssembly) return false
    throw error
  }
}

/** Every stack of an assembly, those of its nested assemblies (stages) included. Rejects with UnusableAssembly. */
export async function readStacks(folder: string, files: Files, root = folder, depth = 0): Promise<readonly Stack[]> {
  if (depth > DEEPEST) throw new UnusableAssembly(`Its assemblies are nested deeper than ${DEEPEST} levels.`)
  const { artifacts } = await readAssemblyFile(join(folder, 'manifest.json'), ASSEMBLY_MANIFEST, files)
  const stacks: Stack[] = []
  for (const artifact of Object.values(artifacts)) {
    const { directoryName, templateFile } = artifact.properties ?? {}
    if (artifact.type === 'cdk:cloud-assembly' && directoryName !== undefined) {
      stacks.push(...(await readStacks(inside(root, folder, directoryName), files, root, depth + 1)))
    }
    if (artifact.type === 'aws:cloudformation:stack' && templateFile !== undefined) {
      const template = inside(root, folder, templateFile)
      stacks.push(await readStack(artifact, artifacts, { root, folder, template }, files))
    }
    if (stacks.length > MOST_STACKS) throw new UnusableAssembly(`It has more than ${MOST_STACKS} stacks.`)
  }
  return stacks
}

async function readStack(
  artifact: Artifact,
  artifacts: Readonly<Record<string, Artifact>>,
  place: Pick<Stack, 'root' | 'folder' | 'template'>,
  files: Files,
): Promise<Stack> {
  const { root, folder } = place
  const { additionalMetadataFile: file, metadata, properties, environment } = artifact
  const more = file === undefined ? {} : await readAssemblyFile(inside(root, folder, file), METADATA, files)
  return {
    ...place,
    assetManifests: assetManifests(artifact, artifacts).map((name) => inside(root, folder, name)),
    ...fixedEnvironment(environment ?? ''),
    parameters: properties?.parameters ?? {},
    metadata: { ...metadata, ...more },
  }
}

/** Files of the asset manifests that a stack depends on. */
function assetManifests({ dependencies = [] }: Artifact, artifacts: Readonly<Record<string, Artifact>>) {
  return Object.entries(artifacts).flatMap(([id, { type, properties }]) =>
    type === 'cdk:asset-manifest' && dependencies.includes(id) ? (properties?.file ?? []) : [],
  )
}

/** `aws://111111111111/eu-west-1`; what the app leaves open is `unknown-account` or `unknown-region`. */
function fixedEnvironment(text: string): Pick<Stack, 'account' | 'region'> {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(text) ?? []
  return {
    ...(account === undefined || account === 'unknown-account' ? {} : { account }),
    ...(region === undefined || region === 'unknown-region' ? {} : { region }),
  }
}

/** Path of a file that a manifest names: one of its own assembly. Throws UnusableAssembly. */
export function inside(root: string, folder: string, name: string): string {
  const path = join(folder, name)
  const away = relative(root, path)
  if (name.startsWith('/') || away === '..' || away.startsWith('../')) {
    throw new UnusableAssembly(`Its manifest names \`${name}\`, which is outside of it.`)
  }
  return path
}
