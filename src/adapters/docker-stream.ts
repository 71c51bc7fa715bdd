import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { definedEnvironment, dockerMissing } from './docker-command.ts'

export type StreamOptions = {
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Ends the command: SIGTERM, and SIGKILL two seconds later. */
  readonly signal?: AbortSignal
  /** Every line of stderr as it comes. */
  readonly onStderrLine?: (line: string) => void
}

export type DockerStream = {
  readonly stdout: Readable
  /** Exit code and the last 16 KiB of stderr; rejects when docker is missing or the signal was aborted. */
  readonly done: Promise<{ exitCode: number; stderrTail: string }>
}

const KILL_AFTER_MS = 2_000
const TAIL_CHARACTERS = 16 * 1024

/** Starts a `docker` command whose stdout is a stream. The caller must read or destroy `stdout` and await `done`. */
export function dockerStream(argv: readonly string[], options: StreamOptions = {}): DockerStream {
  const child = spawn('docker', argv, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...definedEnvironment(), ...options.env },
  })
  const done = finish(child, options)
  // A caller that fails before it awaits `done` must not end the process with an unhandled rejection.
  done.catch(() => undefined)
  return { stdout: child.stdout, done }
}

function finish(child: ChildProcessByStdio<null, Readable, Readable>, options: StreamOptions) {
  return new Promise<{ exitCode: number; stderrTail: string }>((resolve, reject) => {
    let tail = ''
    let rest = ''
    let killer: NodeJS.Timeout | undefined
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-TAIL_CHARACTERS)
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) options.onStderrLine?.(line)
    })
    const abort = () => {
      child.kill('SIGTERM')
      killer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
      killer.unref()
    }
    if (options.signal?.aborted) abort()
    options.signal?.addEventListener('abort', abort, { once: true })
    child.on('error', (cause) => {
      options.signal?.removeEventListener('abort', abort)
      reject(dockerMissing(cause))
    })
    child.on('close', (code) => {
      clearTimeout(killer)
      options.signal?.removeEventListener('abort', abort)
      if (rest !== '') options.onStderrLine?.(rest)
      if (options.signal?.aborted) reject(options.signal.reason)
      else resolve({ exitCode: code ?? 1, stderrTail: tail })
    })
  })
}

/** Runs a `docker` command that a cancelled run must stop, and gathers its stdout byte for byte. */
export async function dockerOutput(
  argv: readonly string[],
  options: StreamOptions = {},
): Promise<{ exitCode: number; stdout: Buffer; stderrTail: string }> {
  const { stdout, done } = dockerStream(argv, options)
  const chunks: Buffer[] = []
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  return { ...(await done), stdout: Buffer.concat(chunks) }
}

/** Runs a `docker` command and hands its stdout on as it comes; rejects with what `onChunk` throws, and ends the command for it. */
export async function dockerChunks(
  argv: readonly string[],
  onChunk: (chunk: Buffer) => void,
  signal: AbortSignal,
): Promise<{ exitCode: number; stderrTail: string }> {
  const refused = new AbortController()
  const { stdout, done } = dockerStream(argv, { signal: AbortSignal.any([signal, refused.signal]) })
  stdout.on('data', (chunk: Buffer) => {
    if (refused.signal.aborted) return
    try {
      onChunk(chunk)
    } catch (error) {
      refused.abort(error)
    }
  })
  return await done
}
