import { randomBytes } from 'node:crypto'
import { ActionError } from '../errors.ts'
import type { Container, Network, Volume } from '../ports/containers.ts'
import { TAR_END } from '../tar/tar-entry.ts'
import { RUN_LABEL } from './container-argv.ts'
import { docker } from './docker-command.ts'
import { dockerContainer } from './docker-container.ts'
import { dockerInput } from './docker-input.ts'

export type DockerRun = { readonly runId: string; readonly signal: AbortSignal }

/** What one run makes in the engine: labelled, named after the run, and removed at once when the run is cancelled meanwhile. */
export type DockerResources = {
  newName(): string
  /** A container that is never started, only read from or written to. */
  createIdle(image: string, options: readonly string[]): Promise<Container>
  createNamed(kind: 'volume' | 'network', options: readonly string[]): Promise<Volume & Network>
  /** A volume that holds what the tar entries say. `through` is any local image. */
  createFilledVolume(through: string, entries: AsyncIterable<Uint8Array>): Promise<Volume>
  /** Unpacks tar entries below a folder of a container that does not run. */
  put(container: Container, folder: string, entries: AsyncIterable<Uint8Array>): Promise<void>
}

const MOUNT = '/lambda-parity'

export function dockerResources({ runId, signal }: DockerRun): DockerResources {
  const label = ['--label', `${RUN_LABEL}=${runId}`]
  const newName = () => `lambda-parity-${runId}-${randomBytes(4).toString('hex')}`

  async function createIdle(image: string, options: readonly string[]): Promise<Container> {
    const name = newName()
    // The command is a dummy that create asks for.
    await expectSuccess(
      ['create', '--pull', 'never', '--name', name, ...label, '--network', 'none', ...options, image, '/none'],
      `A container of ${image} could not be created`,
    )
    return dockerContainer(name)
  }

  async function createNamed(kind: 'volume' | 'network', options: readonly string[]): Promise<Volume & Network> {
    const name = newName()
    await expectSuccess([kind, 'create', ...label, ...options, name], `A Docker ${kind} could not be created`)
    const made = { name, [Symbol.asyncDispose]: async () => void (await docker([kind, 'rm', name])) }
    await unlessAborted(signal, made)
    return made
  }

  async function put(container: Container, folder: string, entries: AsyncIterable<Uint8Array>): Promise<void> {
    const argv = ['cp', '-', `${container.id}:${folder}`]
    const { exitCode, stderr } = await dockerInput(argv, ended(entries), signal)
    if (exitCode !== 0) throw engineFailure('Files could not be copied to the engine', stderr)
  }

  return {
    newName,
    createIdle,
    createNamed,
    put,
    async createFilledVolume(through, entries) {
      const volume = await createNamed('volume', [])
      try {
        const mount = `type=volume,source=${volume.name},target=${MOUNT},volume-nocopy`
        await using idle = await createIdle(through, ['--mount', mount])
        await put(idle, MOUNT, entries)
      } catch (error) {
        await volume[Symbol.asyncDispose]()
        throw error
      }
      return volume
    },
  }
}

async function* ended(entries: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* entries
  yield TAR_END
}

/** Runs a `docker` command that cannot fail on a working engine, and returns its stdout. */
export async function expectSuccess(argv: readonly string[], failure: string): Promise<string> {
  const { exitCode, stdout, stderr } = await docker(argv)
  if (exitCode === 0) return stdout.trim()
  throw engineFailure(failure, stderr)
}

export function engineFailure(failure: string, stderr: string): ActionError {
  return new ActionError('docker-unavailable', `${failure}: ${stderr.trim()}`, {
    help: 'Check the Docker engine of this runner (docker info), and its free disk space.',
  })
}

export async function unlessAborted(signal: AbortSignal, made: AsyncDisposable): Promise<void> {
  if (!signal.aborted) return
  await made[Symbol.asyncDispose]()
  signal.throwIfAborted()
}
