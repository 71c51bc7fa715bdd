import { runtimeOfBaseImage } from '../lambda/base-image-name.ts'
import { findRuntime, RUNTIMES, type Runtime } from '../lambda/runtimes.ts'
import type { Evidence } from './evidence.ts'

/** What an image was built on, as far as it shows. */
export type Recognised = {
  readonly runtime?: Runtime
  /** Image that stands for the runtime; absent when only the runtime is known. */
  readonly baseReference?: string
  /** How it was recognised, for the log. */
  readonly because: string
}

export type KnownBase = { readonly reference: string; readonly layers: readonly string[] }

/** The OCI image-spec's annotation for it; buildah, kaniko and many Dockerfiles set it as a label too. */
const BASE_NAME = 'org.opencontainers.image.base.name'

/**
 * The base of an image, from the surest sign to the weakest: the layers of a known base at its beginning, the label that
 * names its base, the runtime folders and variables of an AWS base image. `undefined`: it shows none of them.
 */
export function recogniseRuntime(artifact: Evidence, bases: readonly KnownBase[]): Recognised | undefined {
  return byLayers(artifact, bases) ?? byLabel(artifact) ?? byRuntimeFolder(artifact)
}

/** True when `image` was built on exactly this `base`: all of its layers come first. */
export function isBuiltOn(image: readonly string[], base: readonly string[]): boolean {
  return base.length > 0 && base.length <= image.length && base.every((layer, index) => layer === image[index])
}

function byLayers(artifact: Evidence, bases: readonly KnownBase[]): Recognised | undefined {
  const base = bases.find(({ layers }) => isBuiltOn(artifact.image?.layers ?? [], layers))
  if (base === undefined) return undefined
  return withRuntime(runtimeOfBaseImage(base.reference) ?? byRuntimeFolder(artifact)?.runtime, {
    baseReference: base.reference,
    because: 'its first layers are those of that image',
  })
}

function byLabel({ image }: Evidence): Recognised | undefined {
  const reference = image?.labels[BASE_NAME]
  const runtime = runtimeOfBaseImage(reference ?? '')
  if (reference === undefined || runtime === undefined) return undefined
  return withRuntime(runtime, { baseReference: reference, because: `its label ${BASE_NAME} names it` })
}

/**
 * By LAMBDA_RUNTIME_DIR and what lies in /var/lang, as all AWS base images have. An image that only imitates them, on
 * another operating system, has the runtime but not AWS's base.
 */
function byRuntimeFolder(artifact: Evidence): Recognised | undefined {
  if (artifact.image?.environment.LAMBDA_RUNTIME_DIR !== '/var/runtime') return undefined
  const id = language(artifact)
  const runtime = id === undefined ? undefined : findRuntime(id)
  if (runtime === undefined) return undefined
  const because = `LAMBDA_RUNTIME_DIR and ${runtime.family === 'provided' ? 'its system' : '/var/lang'} are those of ${id}`
  const isAws = amazonLinux(artifact) === runtime.os
  return withRuntime(runtime, isAws ? { baseReference: runtime.baseImage, because } : { because })
}

function withRuntime(runtime: Runtime | undefined, rest: Omit<Recognised, 'runtime'>): Recognised {
  return runtime === undefined ? rest : { ...rest, runtime }
}

/** Runtime identifier of the language in /var/lang; without one it is an OS-only base. */
function language(artifact: Evidence): string | undefined {
  const system = amazonLinux(artifact)
  const [major] = artifact.tools.node?.split('.') ?? []
  for (const { path } of artifact.files) {
    if (!path.startsWith('/var/lang/')) continue
    if (path === '/var/lang/bin/node' && major !== undefined) return `nodejs${major}.x`
    const [, python] = /^\/var\/lang\/bin\/python(3\.\d+)$/.exec(path) ?? []
    if (python !== undefined) return `python${python}`
    const [, ruby] = /^\/var\/lang\/lib\/ruby\/(\d+\.\d+)\.0$/.exec(path) ?? []
    if (ruby !== undefined) return `ruby${ruby}`
    const [, dotnet] = /^\/var\/lang\/bin\/shared\/Microsoft\.NETCore\.App\/(\d+)\.[^/]+$/.exec(path) ?? []
    if (dotnet !== undefined) return `dotnet${dotnet}`
    if (path === '/var/lang/bin/java') return javaRuntime(system, artifact.tools.java)
  }
  return system === undefined ? undefined : `provided.${system}`
}

/** Java's identifiers differ by system too (`java17`, `java17.al2023`). */
function javaRuntime(system: string | undefined, version: string | undefined): string | undefined {
  const [major] = version?.split('.') ?? []
  if (major === undefined) return undefined
  return RUNTIMES.find(
    ({ family, id, os }) => family === 'java' && os === system && id.split('.')[0] === `java${major}`,
  )?.id
}

function amazonLinux({ os }: Evidence): Runtime['os'] | undefined {
  if (os?.id !== 'amzn') return undefined
  return os.versionId === '2' ? 'al2' : os.versionId === '2023' ? 'al2023' : undefined
}
