import { docker } from './docker-command.ts'

/** How to reach the daemon: over its socket, or only as the docker command does it (ssh, TCP, TLS, named pipes). */
export type DockerEndpoint = { readonly via: 'socket'; readonly path: string } | { readonly via: 'cli' }

/** The daemon that the docker command talks to: DOCKER_HOST, else DOCKER_CONTEXT, else the current context. */
export async function dockerEndpoint(): Promise<DockerEndpoint> {
  // The same precedence as the CLI's; asking `context inspect` costs a start of the CLI.
  const configured = process.env.DOCKER_HOST
  if (configured) return endpoint(configured)
  const { exitCode, stdout } = await docker(['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'])
  return exitCode === 0 ? endpoint(stdout.trim()) : { via: 'cli' }
}

/** A host as DOCKER_HOST and contexts write it. */
export function endpoint(host: string): DockerEndpoint {
  const [, path] = /^unix:\/\/(\/.+)$/.exec(host) ?? []
  return path === undefined ? { via: 'cli' } : { via: 'socket', path }
}
