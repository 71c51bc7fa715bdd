import type { RawAnswer } from '../ports/invocations.ts'
import type { LogFacts } from './log-facts.ts'
import { tellingLine } from './log-facts.ts'
import { overTime } from './time-limit.ts'

/** Everything that was seen of one invocation. */
export type Observation = {
  readonly answer: RawAnswer
  readonly log: LogFacts
  readonly exit: { readonly running: boolean; readonly exitCode: number }
  /** Counted by the engine; `undefined` when it cannot tell. */
  readonly outOfMemoryKills: number | undefined
  /** MiB. */
  readonly memorySize: number
  /** Seconds. */
  readonly timeout: number
}

export type Verdict = { readonly kind: 'response'; readonly response: unknown } | FunctionError

/** What Lambda reports as a function error; `payload` is the error object as the runtime or the emulator sent it, if one was. */
export type FunctionError = {
  readonly kind: 'function-error'
  readonly type: string
  readonly message: string
  readonly payload?: ErrorObject
}

export type ErrorObject = { readonly errorType: string; readonly errorMessage?: unknown }

const TIMED_OUT = /^Task timed out after [\d.]+ seconds$/

/** Reads an emulator's answer as aws.md §1.4 records them: status and body alone tell little, the log tells the rest. */
export function classify(seen: Observation): Verdict {
  const { answer } = seen
  if (answer.outcome === 'deadline') return timeout(`no answer within ${(answer.millis / 1000).toFixed(1)} s`, seen)
  if (answer.outcome !== 'answered') return withoutAnswer(seen, answer.reason)
  if (answer.status === 200 && TIMED_OUT.test(answer.body)) {
    return timeout(`the handler did not answer within ${seen.timeout} s after its init`, seen)
  }
  const parsed = parseJson(answer.body)
  const error = errorObject(parsed)
  if (error !== undefined) return reportedError(seen, error)
  if (answer.status !== 200) return withoutAnswer(seen, `the emulator answered HTTP ${answer.status}`)
  const late = overTime({ millis: answer.millis, ...initOf(seen) }, seen.timeout)
  if (late !== undefined) return { kind: 'function-error', type: 'Sandbox.Timedout', message: late }
  return { kind: 'response', response: parsed === undefined ? answer.body : parsed }
}

function timeout(detail: string, seen: Observation): Verdict {
  const message = `Task timed out after ${seen.timeout.toFixed(2)} seconds: ${detail}`
  return { kind: 'function-error', type: 'Sandbox.Timedout', message }
}

function reportedError(seen: Observation, error: ErrorObject): Verdict {
  const text = typeof error.errorMessage === 'string' ? error.errorMessage : JSON.stringify(error.errorMessage ?? '')
  // The request id differs from run to run and says nothing here.
  const message = text.replace(/^RequestId: [0-9a-f-]+ Error: /, '')
  const killed = memoryKill(seen, message)
  if (killed !== undefined) return { ...killed, payload: error }
  const exited = error.errorType === 'Runtime.ExitError' ? tellingLine(seen.log.functionLines) : undefined
  return {
    kind: 'function-error',
    type: error.errorType,
    message: exited === undefined ? message : `${message}: ${exited}`,
    payload: error,
  }
}

/** A 502 without body, a broken connection, a container that ended: the reason is in the log, if anywhere. */
function withoutAnswer(seen: Observation, otherwise: string): Verdict {
  const reason = seen.log.fatalReason
  const killed = memoryKill(seen, reason ?? '')
  if (killed !== undefined) return killed
  const line = tellingLine(seen.log.functionLines)
  const exited = seen.exit.running ? otherwise : `the container ended with exit code ${seen.exit.exitCode}`
  return {
    kind: 'function-error',
    type: seen.log.fatalType ?? 'Runtime.ExitError',
    message: [reason ?? exited, line].filter((part) => part !== undefined && part !== '').join(': '),
  }
}

/** The container's own first process survives a memory kill, so Docker's OOMKilled says false: the kernel's count decides. */
function memoryKill(seen: Observation, reason: string): FunctionError | undefined {
  if (!wasKilled(seen.exit, reason) || seen.outOfMemoryKills === 0) return undefined
  const source =
    seen.outOfMemoryKills === undefined
      ? 'inferred from the signal, since the engine does not tell'
      : 'counted by the kernel'
  return {
    kind: 'function-error',
    type: 'Runtime.OutOfMemory',
    message: `The function was killed: it needs more than its ${seen.memorySize} MB of memory (${source}).`,
  }
}

function errorObject(value: unknown): ErrorObject | undefined {
  const isObject = typeof value === 'object' && value !== null && 'errorType' in value
  return isObject && typeof value.errorType === 'string' ? (value as ErrorObject) : undefined
}

function initOf(seen: Observation): { initMillis?: number } {
  return seen.log.initMillis === undefined ? {} : { initMillis: seen.log.initMillis }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Killed by a signal that nothing in the function can catch: for want of memory, most of the time. */
export function wasKilled(exit: Observation['exit'], reason: string): boolean {
  return /signal: killed/.test(reason) || (!exit.running && exit.exitCode === 137)
}
