import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { BuildSecret, BuildSource } from '../plan/plan.ts'

export type BuildOptions = {
  readonly architecture: Architecture
  readonly tag: string
  /** Names of environment variables that become build arguments with their value of the environment. */
  readonly proxyVariables: readonly string[]
  /** Only read and then removed: its layers are kept as they come, which may save minutes of compressing. */
  readonly throwaway?: boolean
}

/** Lambda refuses an index, which is what any attestation turns the image into; also BuildKit's default is turned off. */
const NO_ATTESTATIONS = ['--provenance=false', '--sbom=false']

/**
 * Export to the engine with gzip layers. On the containerd store the layers of a zstd base image would otherwise be
 * kept as they are; where the engine stores layers uncompressed the attributes have no effect.
 */
const GZIP_INTO_ENGINE = 'type=docker,compression=gzip,force-compression=true'

/** argv of `docker` that builds one image for one platform into the local engine. Holds no value of a secret. */
export function buildArguments(source: BuildSource, options: BuildOptions): string[] {
  const proxies = options.proxyVariables.filter((name) => !Object.hasOwn(source.buildArgs, name))
  return [
    ...['buildx', 'build'],
    ...optional('--builder', source.builder),
    ...['--platform', architectureRow(options.architecture).platform],
    ...NO_ATTESTATIONS,
    ...['--output', options.throwaway ? 'type=docker' : GZIP_INTO_ENGINE],
    ...['--progress', 'plain'],
    ...['--tag', options.tag],
    ...['--file', source.file],
    ...optional('--target', source.target),
    ...Object.entries(source.buildArgs).flatMap(([name, value]) => [
      '--build-arg',
      isConcealed(name, value, source) ? name : `${name}=${value}`,
    ]),
    ...each('--build-arg', proxies),
    ...each('--build-context', source.buildContexts),
    ...each('--secret', source.secrets.map(secretArgument)),
    ...each('--ssh', source.ssh),
    ...each('--cache-from', source.cacheFrom),
    ...each('--cache-to', source.cacheTo),
    ...each('--label', source.labels),
    ...(source.pull ? ['--pull'] : []),
    ...(source.noCache ? ['--no-cache'] : []),
    ...optional('--network', source.network),
    source.context,
  ]
}

/** Variables that the build process needs beside its own environment: the values of secrets and of concealed arguments. */
export function buildEnvironment(source: BuildSource): Record<string, string> {
  const values = source.secrets.flatMap((secret, index) =>
    'value' in secret ? [[secretVariable(index), secret.value] as const] : [],
  )
  const concealed = Object.entries(source.buildArgs).filter(([name, value]) => isConcealed(name, value, source))
  return { ...Object.fromEntries(concealed), ...Object.fromEntries(values), BUILDX_NO_DEFAULT_ATTESTATIONS: '1' }
}

/** An argument without a value takes the build process's variable of that name; the names that steer that process cannot. */
function isConcealed(name: string, value: string, { concealed = [] }: BuildSource): boolean {
  return (
    !/^(?:PATH|HOME|DOCKER_\w*|BUILDX_\w*)$/.test(name) && concealed.some((one) => one !== '' && value.includes(one))
  )
}

function secretArgument(secret: BuildSecret, index: number): string {
  const id = csvField(`id=${secret.id}`)
  if ('file' in secret) return `${id},${csvField(`src=${secret.file}`)}`
  const variable = 'value' in secret ? secretVariable(index) : secret.environmentVariable
  return `${id},${csvField(`env=${variable}`)}`
}

function secretVariable(index: number): string {
  return `LAMBDA_PARITY_SECRET_${index}`
}

/** buildx reads such options as one record of CSV (RFC 4180). */
function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function each(option: string, values: readonly string[]): string[] {
  return values.flatMap((value) => [option, value])
}

function optional(option: string, value: string | undefined): string[] {
  return value === undefined ? [] : [option, value]
}
