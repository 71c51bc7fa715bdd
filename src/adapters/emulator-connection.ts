import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Route } from '../ports/invocations.ts'
import { LAMBDA_USER, RUN_LABEL } from './container-argv.ts'
import { definedEnvironment, docker } from './docker-command.ts'

const PORT = 8080
const RETRY_MS = 20

/** An open byte stream to the emulator. Rejects with an Error whose message says why there is none. */
export type Connection = AsyncDisposable & { readonly stream: Duplex }

/** Dials until something listens, or the signal ends it. */
export async function connectByAddress(host: string, signal: AbortSignal): Promise<Connection> {
  let last: unknown
  while (!signal.aborted) {
    try {
      const stream = await dial(host)
      return { stream, [Symbol.asyncDispose]: async () => void stream.destroy() }
    } catch (error) {
      last = error
      await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
  throw new Error(`nothing listens on ${host}:${PORT} (${String(last)})`)
}

function dial(host: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: PORT, timeout: 1_000 })
    socket.once('error', reject)
    socket.once('timeout', () => socket.destroy(new Error('timed out')))
    socket.once('connect', () => {
      socket.setTimeout(0)
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

/** Starts the pipe program in the network namespace of the function's container; its stdin and stdout are the stream. */
export async function connectInNamespace(
  route: Extract<Route, { via: 'namespace' }>,
  runId: string,
  signal: AbortSignal,
): Promise<Connection> {
  const name = `lambda-parity-${runId}-${randomBytes(4).toString('hex')}`
  const child = spawn('docker', pipeArguments(route, name, runId), {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: definedEnvironment(),
  })
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))
  const remove = async () => {
    // Ends by itself once the emulator has answered; removed by force otherwise.
    const ended = await Promise.race([exited.then(() => true), sleep(500, false, { ref: false })])
    child.kill('SIGKILL')
    if (!ended) await docker(['rm', '--force', name])
  }
  try {
    await ready(child.stderr, exited, signal)
  } catch (error) {
    child.kill('SIGKILL')
    await docker(['rm', '--force', name])
    throw error
  }
  // A broken pipe is told by the end of stdout.
  child.stdin.on('error', () => undefined)
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin })
  return {
    stream,
    async [Symbol.asyncDispose]() {
      stream.destroy()
      await remove()
    },
  }
}

/** The program runs as the function's user without any right, outside of the function's memory limit. */
function pipeArguments(route: Extract<Route, { via: 'namespace' }>, name: string, runId: string): readonly string[] {
  return [
    ...['run', '--rm', '--interactive', '--pull', 'never', '--name', name, '--label', `${RUN_LABEL}=${runId}`],
    ...['--network', `container:${route.container}`, '--read-only', '--user', LAMBDA_USER],
    ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--memory', '256m'],
    // What an image sets for its function must not reach into the program.
    ...['LD_PRELOAD', 'NODE_OPTIONS', 'PYTHONPATH', 'PYTHONHOME', 'BASH_ENV'].flatMap((one) => ['--env', `${one}=`]),
    ...['--entrypoint', route.pipe.entrypoint, route.image, ...route.pipe.arguments],
  ]
}

function ready(stderr: NodeJS.ReadableStream, exited: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    stderr.setEncoding('utf8')
    stderr.on('data', (chunk: string) => {
      text = (text + chunk).slice(-4096)
      if (/^ready$/m.test(text)) resolve()
    })
    void exited.then(() => reject(new Error(text.trim() || 'the pipe program ended')))
    signal.addEventListener('abort', () => reject(new Error('the emulator did not listen in time')), { once: true })
    if (signal.aborted) reject(new Error('the emulator did not listen in time'))
  })
}
