import { BlockList } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Container, ContainerSpec } from '../ports/containers.ts'
import { runArguments } from './container-argv.ts'
import { docker } from './docker-command.ts'
import { dockerEndpoint } from './docker-endpoint.ts'
import { passedEnvironment } from './passed-environment.ts'

const LOG_CHARACTERS = 256 * 1024

/** Starts a container in the background and hands it out also when the engine refused to start it. */
export async function startContainer(
  spec: ContainerSpec,
  identity: { readonly name: string; readonly runId: string },
): Promise<Container> {
  await using passed = await passedEnvironment(spec.environment)
  const argv = runArguments(spec, {
    ...identity,
    ...(passed.file === undefined ? {} : { environmentFile: passed.file }),
    inherited: new Set(Object.keys(process.env)),
  })
  const { exitCode, stderr } = await docker(argv, { env: passed.env })
  return dockerContainer(identity.name, exitCode === 0 ? undefined : stderr.trim())
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
      const network = Object.values(NetworkSettings.Networks).find((one) => one.IPAddress)
      return { running: State.Running, exitCode: State.ExitCode, ...(await dialable(network)) }
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
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, NetworkEndpoint>> }
}

type NetworkEndpoint = { readonly IPAddress?: string; readonly IPPrefixLen?: number }

/**
 * The same address may exist on this machine's own networks and on those of a remote engine: dialled only when the engine
 * is behind a local socket and an interface of this machine is in the container's subnet (not so with a rootless engine).
 */
async function dialable(network: NetworkEndpoint | undefined): Promise<{ address?: string }> {
  const { IPAddress: address, IPPrefixLen: prefix } = network ?? {}
  if (!address || !prefix || (await dockerEndpoint()).via !== 'socket') return {}
  const subnet = new BlockList()
  subnet.addSubnet(address, prefix)
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return own.some((one) => one.family === 'IPv4' && subnet.check(one.address)) ? { address } : {}
}
