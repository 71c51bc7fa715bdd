import type { RunResult } from './invoke.ts'

/** What the emulator answered over HTTP, with what its container wrote. */
export type RieAnswer = {
  readonly status: number
  readonly body: Buffer
  readonly stdout: string
  readonly stderr: string
}

/**
 * The emulator's answer as Lambda would give it. The emulator says 200 to handler errors (their JSON) and to timeouts
 * (plain text), and 502 with an empty body when the runtime never came up; Lambda says 200 with FunctionError to all.
 */
export function asLambda(rie: RieAnswer, requestId: string): RunResult {
  const log = rie.stdout
  const text = rie.body.toString('utf8')
  const timeout = /^Task timed out after [\d.]+ seconds$/.exec(text.trim())?.[0]
  if (timeout !== undefined) {
    return failure('Sandbox.Timedout', `RequestId: ${requestId} Error: ${timeout}`, log)
  }
  if (rie.status === 200) return { payload: rie.body, failed: isErrorObject(text), log }
  if (isErrorObject(text)) return { payload: rie.body, failed: true, log }
  const errorType =
    /Runtime\.(?:InvalidEntrypoint|InvalidWorkingDir|ExitError)/.exec(rie.stderr)?.[0] ?? 'Runtime.ExitError'
  const reason =
    /Init failed error=([^\n]*?)(?: InvokeID=|$)/m.exec(rie.stderr)?.[1] ?? 'Runtime exited without providing a reason'
  return failure(errorType, `RequestId: ${requestId} Error: ${reason}`, log)
}

function failure(errorType: string, errorMessage: string, log: string): RunResult {
  return { payload: Buffer.from(JSON.stringify({ errorType, errorMessage })), failed: true, log }
}

/** A handler's own answer of this shape would be taken for an error too: the emulator does not tell them apart. */
function isErrorObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'errorType' in value && 'errorMessage' in value
  } catch {
    return false
  }
}
