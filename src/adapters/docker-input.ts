import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { definedEnvironment, dockerMissing } from './docker-command.ts'

const TAIL_CHARACTERS = 16 * 1024

/**
 * Runs a `docker` command that reads `input` from its stdin, piece by piece. Rejects with what reading the input throws,
 * and with the signal's reason; a non-zero exit is a value.
 */
export async function dockerInput(
  argv: readonly string[],
  input: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<{ readonly exitCode: number; readonly stderr: string }> {
  signal.throwIfAborted()
  const child = spawn('docker', argv, { stdio: ['pipe', 'ignore', 'pipe'], env: definedEnvironment() })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-TAIL_CHARACTERS)
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', (cause) => reject(dockerMissing(cause)))
    child.on('close', (code) => resolve(code ?? 1))
  })
  ended.catch(() => undefined)
  const written = pipeline(Readable.from(input, { objectMode: false }), child.stdin, { signal })
  try {
    await written
  } catch (error) {
    signal.throwIfAborted()
    // Docker closed its end: its exit status and words say why. Anything else is the input's fault.
    if (!['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      child.kill('SIGKILL')
      await ended.catch(() => undefined)
      throw error
    }
  } finally {
    if (signal.aborted) child.kill('SIGKILL')
  }
  return { exitCode: await ended, stderr }
}
