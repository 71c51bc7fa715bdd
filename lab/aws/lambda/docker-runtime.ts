import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Upstream } from '../ecr/registry-client.ts'
import type { Runtime } from './invoke.ts'
import { asLambda } from './rie-answer.ts'
import { imageOnly, zipFunction } from './zip-function.ts'

const run = promisify(execFile)
const LABEL = 'lambda-parity.lab=aws'
/** Names the stand-in whose function it is: several may run on one engine. */
const STAND_IN = 'lambda-parity.stand-in-of'
const EMULATOR = '/aws-lambda/aws-lambda-rie'
const INVOCATIONS = '/2015-03-31/functions/function/invocations'

type Options = {
  readonly registryHost: string
  readonly upstream: Upstream
  readonly riePath: string
  /** The image that stands for a runtime identifier (`python3.11`): Zip functions run in it. */
  readonly runtimeImage?: (runtime: string) => Promise<string>
  /** `DOCKER_HOST` of an engine other than the default one. */
  readonly dockerHost?: string
}

/** Runs each invocation in a fresh container of the deployed image, under Lambda's constraints and the real emulator. */
export async function dockerRuntime(options: Options): Promise<Runtime> {
  const config = await mkdtemp(join(tmpdir(), 'lambda-stand-in-'))
  const env = { ...process.env, ...(options.dockerHost && { DOCKER_HOST: options.dockerHost }) }
  const docker = async (...argv: string[]) => run('docker', argv, { env, maxBuffer: 64 * 1024 * 1024 })
  const pulled = new Set<string>()

  return {
    async run({ configuration, payload, requestId, ...runnable }) {
      await using placed = 'reference' in runnable ? imageOnly(runnable) : await zipFunction(runnable, options)
      const { reference } = placed
      const present = await docker('image', 'inspect', reference).then(
        () => true,
        () => false,
      )
      if (!present) {
        await writeCredentials(config, options)
        await docker('--config', config, 'pull', '--quiet', reference)
        pulled.add(reference)
      }
      const image = await imageConfig(docker, reference, configuration)
      const { entrypoint, workingDirectory } = image
      const command = 'code' in runnable ? [configuration.Handler ?? ''] : image.command
      const id = (
        await docker(
          ...['create', '--label', LABEL, '--label', `${STAND_IN}=${options.registryHost}`],
          ...['--publish', '127.0.0.1::8080', '--read-only'],
          ...['--tmpfs', '/tmp:rw,exec,size=512m', '--user', '993:990', '--cap-drop', 'ALL'],
          ...['--security-opt', 'no-new-privileges', '--memory', `${configuration.MemorySize ?? 128}m`],
          ...placed.folders.flatMap(({ from, to }) => ['--volume', `${from}:${to}:ro`]),
          ...['--volume', `${options.riePath}:${EMULATOR}:ro`, '--entrypoint', EMULATOR, '--workdir', workingDirectory],
          ...Object.entries(environment(configuration)).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
          ...[reference, ...entrypoint, ...command],
        )
      ).stdout.trim()
      try {
        await docker('start', id)
        const { stdout } = await docker('port', id, '8080/tcp')
        const address = stdout.trim().split('\n')[0] ?? ''
        const response = await firstAnswer(
          () =>
            fetch(`http://${address}${INVOCATIONS}`, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: new Uint8Array(payload),
              signal: AbortSignal.timeout(((configuration.Timeout ?? 3) + 30) * 1000),
            }),
          async () => (await docker('inspect', '--format', '{{.State.Running}}', id)).stdout.trim() === 'true',
        )
        const body = Buffer.from(await response.arrayBuffer())
        return asLambda({ status: response.status, body, ...(await docker('logs', id)) }, requestId)
      } finally {
        await docker('rm', '--force', '--volumes', id)
      }
    },
    async close() {
      for (const reference of pulled) await docker('image', 'rm', reference).catch(() => undefined)
      await rm(config, { recursive: true, force: true })
    },
  }
}

/** Written for each pull, since the registry's password may have changed since the last one. */
async function writeCredentials(folder: string, { registryHost, upstream }: Options): Promise<void> {
  const auth = Buffer.from(`${upstream.user}:${upstream.password()}`).toString('base64')
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [registryHost]: { auth } } }), { mode: 0o600 })
}

type Docker = (...argv: string[]) => Promise<{ stdout: string; stderr: string }>

async function imageConfig(docker: Docker, reference: string, { ImageConfigResponse }: FunctionConfiguration) {
  const { stdout } = await docker('image', 'inspect', '--format', '{{json .Config}}', reference)
  const image = JSON.parse(stdout) as { Entrypoint?: string[] | null; Cmd?: string[] | null; WorkingDir?: string }
  const override = ImageConfigResponse?.ImageConfig
  return {
    entrypoint: override?.EntryPoint ?? image.Entrypoint ?? [],
    command: override?.Command ?? image.Cmd ?? [],
    workingDirectory: override?.WorkingDirectory ?? (image.WorkingDir || '/var/task'),
  }
}

function environment(configuration: FunctionConfiguration): Record<string, string> {
  return {
    ...configuration.Environment?.Variables,
    AWS_LAMBDA_FUNCTION_NAME: configuration.FunctionName ?? '',
    AWS_LAMBDA_FUNCTION_VERSION: configuration.Version ?? '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize ?? 128),
    AWS_LAMBDA_FUNCTION_TIMEOUT: String(configuration.Timeout ?? 3),
  }
}

/**
 * The emulator must not be asked twice. Docker's proxy takes connections before the emulator listens, and cuts them: nothing
 * was asked then. Where the emulator itself ends in the middle, the container ends with it.
 */
async function firstAnswer(ask: () => Promise<Response>, isRunning: () => Promise<boolean>): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof TypeError) || attempt === 200 || !(await isRunning())) throw error
      await sleep(50)
    }
  }
}
