import type { ImageFacts } from './evidence.ts'

type Json = Readonly<Record<string, unknown>>

/** `docker image inspect`'s answer, one element or the list of it, as facts. What is missing there is empty here. */
export function imageFacts(answer: unknown): ImageFacts {
  const inspected = object(Array.isArray(answer) ? answer[0] : answer)
  const config = object(inspected.Config)
  const created = string(inspected.Created)
  const variant = string(inspected.Variant)
  const healthcheck = strings(object(config.Healthcheck).Test)
  const stopSignal = string(config.StopSignal)
  return {
    id: string(inspected.Id),
    os: string(inspected.Os),
    architecture: string(inspected.Architecture),
    ...(variant === '' ? {} : { variant }),
    entrypoint: strings(config.Entrypoint),
    command: strings(config.Cmd),
    workingDirectory: string(config.WorkingDir),
    user: string(config.User),
    environment: Object.fromEntries(strings(config.Env).map(variable)),
    labels: Object.fromEntries(Object.entries(object(config.Labels)).map(([name, value]) => [name, string(value)])),
    layers: strings(object(inspected.RootFS).Layers),
    // Go's zero time stands for "not stated", as in images made by bazel or ko.
    ...(created === '' || created.startsWith('0001-') ? {} : { created }),
    ...some('volumes', Object.keys(object(config.Volumes)).sort()),
    ...some('exposedPorts', Object.keys(object(config.ExposedPorts)).sort()),
    // `NONE` takes away what the base has.
    ...some('healthcheck', healthcheck[0] === 'NONE' ? [] : healthcheck),
    ...(stopSignal === '' ? {} : { stopSignal }),
  }
}

/** The image's own platform as Docker takes it (`linux/amd64`, `linux/arm/v7`). */
export function imagePlatform({ os, architecture, variant }: ImageFacts): string {
  return [os, architecture, variant].filter(Boolean).join('/')
}

function some<Name extends string>(name: Name, values: readonly string[]): { [K in Name]?: readonly string[] } {
  return (values.length === 0 ? {} : { [name]: values }) as { [K in Name]?: readonly string[] }
}

function variable(line: string): [string, string] {
  const [name = '', ...value] = line.split('=')
  return [name, value.join('=')]
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {}
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(string) : []
}
