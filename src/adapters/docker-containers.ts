import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import { parseArchitecture } from '../lambda/architecture.ts'
import type { Container, ContainerSpec, Containers, Engine, Network, Volume } from '../ports/containers.ts'
import { RUN_LABEL } from './container-argv.ts'
import { docker } from './docker-command.ts'
import { dockerContainer, startContainer } from './docker-container.ts'

/** The Docker engine that the docker command talks to, local or not. `signal`: what is made after it is removed at once. */
export function dockerContainers(run: { readonly runId: string; readonly signal: AbortSignal }): Containers {
  const label = ['--label', `${RUN_LABEL}=${run.runId}`]
  const newName = () => `lambda-parity-${run.runId}-${randomBytes(4).toString('hex')}`

  /** A container that is never started, only read from or written to. The command is a dummy that create asks for. */
  async function createIdle(image: string, options: readonly string[]): Promise<Container> {
    const name = newName()
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
    await unlessAborted(run.signal, made)
    return made
  }

  return {
    engine,
    async readImageFile(image, path) {
      await using idle = await createIdle(image, [])
      await using folder = await temporaryFolder()
      const target = join(folder.path, 'file')
      const copied = await docker(['cp', '--follow-link', `${idle.id}:${path}`, target])
      if (copied.exitCode !== 0 || !(await stat(target)).isFile()) return undefined
      return await readFile(target)
    },
    async createVolume(through, file) {
      const volume = await createNamed('volume', [])
      try {
        const mount = `type=volume,source=${volume.name},target=/lambda-parity,volume-nocopy`
        await using idle = await createIdle(through, ['--mount', mount])
        await using folder = await temporaryFolder()
        const source = join(folder.path, file.name)
        await writeFile(source, file.content)
        // Not by the mode of writeFile, which the umask narrows.
        await chmod(source, 0o755)
        await expectSuccess(
          ['cp', source, `${idle.id}:/lambda-parity/${file.name}`],
          'The runtime interface emulator could not be copied to the engine',
        )
      } catch (error) {
        await volume[Symbol.asyncDispose]()
        throw error
      }
      return volume
    },
    async createInternalNetwork() {
      return await createNamed('network', ['--internal', '--driver', 'bridge'])
    },
    async start(spec: ContainerSpec) {
      const container = await startContainer(spec, { name: newName(), runId: run.runId })
      await unlessAborted(run.signal, container)
      return container
    },
  }
}

async function engine(): Promise<Engine> {
  const output = await expectSuccess(['info', '--format', '{{json .}}'], 'The Docker engine did not answer')
  const info = JSON.parse(output) as Record<string, unknown>
  return {
    version: String(info.ServerVersion ?? ''),
    architecture: parseArchitecture(String(info.Architecture ?? '')),
    limitsMemory: info.MemoryLimit === true,
    limitsSwap: info.SwapLimit === true,
  }
}

async function expectSuccess(argv: readonly string[], failure: string): Promise<string> {
  const { exitCode, stdout, stderr } = await docker(argv)
  if (exitCode === 0) return stdout.trim()
  throw new ActionError('docker-unavailable', `${failure}: ${stderr.trim()}`, {
    help: 'Check the Docker engine of this runner (docker info), and its free disk space.',
  })
}

async function unlessAborted(signal: AbortSignal, made: AsyncDisposable): Promise<void> {
  if (!signal.aborted) return
  await made[Symbol.asyncDispose]()
  signal.throwIfAborted()
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), 'lambda-parity-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
