import type { ClientFacts, EngineFacts, EngineProbe, ServerFacts } from '../ports/engine.ts'
import { docker } from './docker-command.ts'

/** Asks `docker version` and `docker info` at once: together they tell everything, plugins and image store included. */
export const dockerEngine: EngineProbe = {
  async facts() {
    const surroundings = {
      runner: process.platform,
      ...(process.env.DOCKER_HOST ? { dockerHost: withoutPassword(process.env.DOCKER_HOST) } : {}),
    }
    try {
      const [version, info] = await Promise.all([
        docker(['version', '--format', '{{json .}}']),
        docker(['info', '--format', '{{json .}}']),
      ])
      return { ...surroundings, ...engineFacts(version, info) }
    } catch {
      return surroundings
    }
  },
}

type Answer = { readonly stdout: string; readonly stderr: string }

/** The facts in the answers of `docker version` and `docker info` (`{{json .}}`), also when they are Podman's. */
export function engineFacts(version: Answer, info: Answer): Pick<EngineFacts, 'client' | 'server' | 'problem'> {
  const { Client, Server } = parse<VersionAnswer>(version.stdout)
  const about = parse<InfoAnswer>(info.stdout)
  const buildx = about.ClientInfo?.Plugins?.find((plugin) => plugin.Name === 'buildx' && !plugin.Err)?.Version
  const client: ClientFacts = {
    version: Client?.Version ?? 'unknown',
    context: about.ClientInfo?.Context ?? 'default',
    // `podman info` has a member `host` with buildahVersion, `docker info` has neither.
    podman: about.host !== undefined || /\bpodman\b/i.test(version.stderr),
    ...(buildx === undefined ? {} : { buildx: buildx.replace(/^v/, '') }),
  }
  if (!Server?.Version) return { client, problem: firstLine(version.stderr) ?? firstLine(info.stderr) ?? 'no answer' }
  const server: ServerFacts = {
    version: Server.Version,
    apiVersion: Server.ApiVersion ?? '',
    os: Server.Os ?? about.OSType ?? 'unknown',
    architecture: Server.Arch ?? 'unknown',
    store: about.DriverStatus?.some(([, value]) => value === 'io.containerd.snapshotter.v1') ? 'containerd' : 'classic',
    rootless: about.SecurityOptions?.some((option) => option.includes('name=rootless')) ?? false,
    limitsMemory: about.MemoryLimit === true,
    limitsSwap: about.SwapLimit === true,
    podman: Server.Components?.some((component) => component.Name === 'Podman Engine') ?? false,
  }
  return { client, server }
}

type VersionAnswer = {
  readonly Client?: { readonly Version?: string }
  readonly Server?: {
    readonly Version?: string
    readonly ApiVersion?: string
    readonly Os?: string
    readonly Arch?: string
    readonly Components?: readonly { readonly Name?: string }[] | null
  } | null
}

type InfoAnswer = {
  readonly host?: unknown
  readonly OSType?: string
  readonly DriverStatus?: readonly (readonly [string, string])[] | null
  readonly MemoryLimit?: boolean
  readonly SwapLimit?: boolean
  readonly SecurityOptions?: readonly string[] | null
  readonly ClientInfo?: {
    readonly Context?: string
    readonly Plugins?: readonly { readonly Name: string; readonly Version?: string; readonly Err?: string }[] | null
  }
}

function parse<T extends object>(json: string): Partial<T> {
  try {
    return (JSON.parse(json) as Partial<T> | null) ?? {}
  } catch {
    return {}
  }
}

function firstLine(text: string): string | undefined {
  return text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '')
}

function withoutPassword(host: string): string {
  return host.replace(/(\/\/[^/@:]*):[^/@]*@/, '$1:***@')
}
