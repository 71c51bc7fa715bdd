import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { removeImages } from '../engine/remove-images.ts'
import type { LabFolders } from '../folders.ts'
import { freePort } from '../free-port.ts'
import { close, listen } from '../http/loopback-server.ts'
import { startDetached, terminate, untilReady } from '../process/detached.ts'
import type { Progress } from '../progress.ts'
import { pythonPackages } from '../python-packages.ts'
import { changeState } from '../state.ts'
import { registryNameGateway } from './registry-name-gateway.ts'

/** MIT; https://github.com/ministackorg/ministack. `docker` is what it drives the engine with. */
const PACKAGES = ['ministack==1.5.33', 'docker==7.1.0']

export type Ministack = {
  /** Value for `AWS_ENDPOINT_URL`; `repositoryUri` names the same host and port. */
  readonly endpoint: string
  readonly region: string
  readonly accountId: string
  /** Keys that it takes for those of `accountId`. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** File with everything it wrote. */
  readonly log: string
  stop(): Promise<void>
}

export type MinistackOptions = {
  readonly folders: LabFolders
  readonly progress: Progress
  /** `DOCKER_HOST` of the engine that runs functions, when it is not the default one. */
  readonly dockerHost?: string
}

/**
 * Starts ministack, an AWS emulator that nobody of this project wrote, on loopback: ECR with a registry that takes a real
 * push, and Lambda that runs the pushed image. What it does not do as AWS does: docs/stand-ins.md.
 */
export async function startMinistack(options: MinistackOptions): Promise<Ministack> {
  const { folders, progress, dockerHost } = options
  const { env } = await pythonPackages('ministack', PACKAGES, { folders, progress })
  const [region, accountId] = ['eu-central-1', '123456789012']
  const port = await freePort([])
  const logs = join(folders.run, 'ministack')
  mkdirSync(logs, { recursive: true })
  const started = startDetached('python3', ['-m', 'ministack'], {
    log: join(logs, `${port}.log`),
    env: {
      ...env,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      SERVICES: 'ecr,lambda,sts,iam',
      MINISTACK_REGION: region,
      MINISTACK_ACCOUNT_ID: accountId,
      LAMBDA_EXECUTOR: 'docker',
      IOT_MTLS_ENABLED: '0',
      // A function's container ends with the invocation, so that nothing is left when the emulator is killed.
      LAMBDA_KEEPALIVE_MS: '0',
      ...(dockerHost !== undefined && { DOCKER_HOST: dockerHost }),
    },
  })
  // `npm run lab -- stop` ends it too, when whoever started it was killed.
  const name = `ministack-${port}`
  changeState(folders, ({ processes }) => ({ processes: { ...processes, [name]: started } }))
  await untilReady('ministack', started, () => answers(port))
  const gateway = registryNameGateway(`127.0.0.1:${port}`)
  const host = await listen(gateway)
  return {
    ...{ endpoint: `http://${host}`, region, accountId, log: started.log },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    async stop() {
      await close(gateway)
      await terminate(started)
      changeState(folders, ({ processes: { [name]: _, ...others } }) => ({ processes: others }))
      // What the engine has pulled for the functions, and what clients pushed, under a name that nobody serves any more.
      await removeImages(host, dockerHost)
    },
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/v2/`)).ok
  } catch {
    return false
  }
}
