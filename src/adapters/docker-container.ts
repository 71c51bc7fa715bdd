import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Container, ContainerSpec } from '../ports/containers.ts'
import { ENVIRONMENT_FILE, runArguments, splitEnvironment } from './container-argv.ts'
import { docker } from './docker-command.ts'

const LOG_CHARACTERS = 256 * 1024

/** Starts a container in the background and hands it out also when the engine refused to start it. */
export async function startContainer(
  spec: ContainerSpec,
  identity: { readonly name: string; readonly runId: string },
): Promise<Container> {
  const { names, file } = splitEnvironment(spec.environment)
  await using environmentFile = await writeEnvironment(spec.environment, file)
  const argv = runArguments(spec, identity)
    .map((argument) => (argument === ENVIRONMENT_FILE ? environmentFile.path : argument))
    // `--env NAME` without a value removes the image's variable, unless this process has one of that name to pass on.
    .map((argument) => (isInherited(argument, spec) ? `${argument}=` : argument))
  const env = Object.fromEntries(names.map((name) => [name, spec.environment[name] ?? '']))
  const { exitCode, stderr } = await docker(argv, { env })
  return dockerContainer(identity.name, exitCode === 0 ? undefined : stderr.trim())
}

function isInherited(argument: string, spec: ContainerSpec): boolean {
  return spec.withoutEnvironment.includes(argument) && process.env[argument] !== undefined
}

/** A container by name. */
export function dockerContainer(name: string, startFailure?: string): Container {
  return {
    id: name,
    ...(startFailure === undefined ? {} : { startFailure }),
    async state() {
      const { exitCode, stdout } = await docker(['container', 'inspect', '--format', '{{json .}}', name])
      if (exitCode !== 0) return { running: false, exitCode: -1 }
      const { State, NetworkSettings } = JSON.parse(stdout) as Inspected
      const address = Object.values(NetworkSettings.Networks).find((network) => network.IPAddress)?.IPAddress
      return { running: State.Running, exitCode: State.ExitCode, ...(address === undefined ? {} : { address }) }
    },
    async logs() {
      const { stdout, stderr } = await docker(['logs', name])
      return { stdout: stdout.slice(-LOG_CHARACTERS), stderr: stderr.slice(-LOG_CHARACTERS) }
    },
    async outOfMemoryKills() {
      // Neither the state's OOMKilled (first process only) nor the cgroup's files (local engine only) are enough: the engine
      // keeps an event for every kill in the container.
      const range = ['--since', '1h', '--until', '0s', '--filter', `container=${name}`, '--filter', 'event=oom']
      const { exitCode, stdout } = await docker(['events', ...range, '--format', '{{.Action}}'])
      return exitCode === 0 ? stdout.split('\n').filter((line) => line === 'oom').length : undefined
    },
    async [Symbol.asyncDispose]() {
      await docker(['rm', '--force', '--volumes', name])
    },
  }
}

type Inspected = {
  readonly State: { readonly Running: boolean; readonly ExitCode: number }
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress?: string }>> }
}

/** One `NAME=value` line each; the format knows no newline in a value, and none of these variables has a use for one. */
async function writeEnvironment(
  environment: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<AsyncDisposable & { readonly path: string }> {
  if (names.length === 0) return { path: '', [Symbol.asyncDispose]: async () => undefined }
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'lambda-parity-'))
  const path = join(folder, 'environment')
  const lines = names.map((name) => `${name}=${(environment[name] ?? '').replaceAll('\n', ' ')}\n`)
  await writeFile(path, lines.join(''), { mode: 0o600 })
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}
