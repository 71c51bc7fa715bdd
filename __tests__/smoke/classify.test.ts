import { describe, expect, it } from 'vitest'
import { classify, type Observation } from '../../src/smoke/classify.ts'
import { logFacts } from '../../src/smoke/log-facts.ts'
import { RECORDINGS, type Recording } from './recordings.ts'

const RUNNING = { running: true, exitCode: 0 }

function seen(recording: Recording, overrides: Partial<Observation> = {}): Observation {
  const { status, body, logs } = recording
  return {
    answer: { outcome: 'answered', status, body, millis: 40 },
    log: logFacts(logs),
    exit: RUNNING,
    outOfMemoryKills: undefined,
    memorySize: 128,
    timeout: 3,
    ...overrides,
  }
}

describe('classify', () => {
  it.each([
    ['success', { hello: 'World' }],
    ['plainText', 'hello'],
    ['emptyAnswer', ''],
  ] as const)('%s is a response', (name, response) => {
    expect(classify(seen(RECORDINGS[name]))).toEqual({ kind: 'response', response })
  })

  it.each([
    ['handlerError', 'TypeError', 'boom'],
    ['tooLarge', 'Function.ResponseSizeTooLarge', /^Response payload size exceeded/],
    ['timeout', 'Sandbox.Timedout', /^Task timed out after 3\.00 seconds/],
    ['handlerNotFound', 'Runtime.HandlerNotFound', 'app.nope is undefined or not exported'],
    ['entryScriptRefuses', 'Runtime.ExitError', /exit status 142: entrypoint requires the handler name/],
    ['glibcTooOld', 'Runtime.ExitError', /exit status 1: .*version `GLIBC_2\.39' not found/],
    ['wrongArchitecture', 'Runtime.InvalidEntrypoint', 'fork/exec /var/task/main: exec format error'],
    ['entryMissing', 'Runtime.InvalidEntrypoint', 'fork/exec /var/task/main: no such file or directory'],
    ['silentExit', 'Runtime.ExitError', 'Runtime exited with error: exit status 3'],
    ['exitDuringInvoke', 'Runtime.ExitError', 'Runtime exited with error: exit status 9: Error: database is gone'],
  ] as const)('%s is the function error %s', (name, type, message) => {
    const verdict = classify(seen(RECORDINGS[name]))
    expect(verdict).toMatchObject({ kind: 'function-error', type, message: expect.stringMatching(message) })
  })

  it.each([
    [1, 'Runtime.OutOfMemory', /128 MB.*counted by the kernel/],
    [undefined, 'Runtime.OutOfMemory', /128 MB.*inferred from the signal/],
    [0, 'Runtime.ExitError', /signal: killed/],
  ])('a kill with %s memory kills is %s', (outOfMemoryKills, type, message) => {
    const verdict = classify(seen(RECORDINGS.killed, { outOfMemoryKills }))
    expect(verdict).toMatchObject({ kind: 'function-error', type, message: expect.stringMatching(message) })
  })

  it('a kill keeps the error type that Lambda sends', () => {
    const verdict = classify(seen(RECORDINGS.killed, { outOfMemoryKills: 1 }))
    expect(verdict).toMatchObject({ payload: { errorType: 'Runtime.ExitError' } })
  })

  it('an answer after the timeout is a timeout, init not counted', () => {
    const slow = (millis: number) =>
      seen(RECORDINGS.success, { answer: { outcome: 'answered', status: 200, body: '1', millis } })
    expect(classify(slow(3_020))).toMatchObject({ kind: 'response' })
    expect(classify(slow(3_100))).toMatchObject({
      type: 'Sandbox.Timedout',
      message: expect.stringMatching(/the handler took 3\.1 s/),
    })
  })

  it('no answer before the own deadline is a timeout', () => {
    const verdict = classify(seen(RECORDINGS.success, { answer: { outcome: 'deadline', millis: 18_000 } }))
    expect(verdict).toMatchObject({
      type: 'Sandbox.Timedout',
      message: expect.stringMatching(/no answer within 18\.0 s/),
    })
  })

  it('a dropped connection takes its reason from the log, else from how the container ended', () => {
    const dropped = { outcome: 'dropped', reason: 'socket hang up', millis: 5 } as const
    const silent = { status: 0, body: '', logs: { stdout: '', stderr: 'panic: nil pointer' } }
    expect(classify(seen(silent, { answer: dropped }))).toMatchObject({ message: 'socket hang up' })
    const ended = { running: false, exitCode: 2 }
    expect(classify(seen(silent, { answer: dropped, exit: ended }))).toMatchObject({
      message: expect.stringMatching(/exit code 2/),
    })
    expect(classify(seen(RECORDINGS.glibcTooOld, { answer: dropped }))).toMatchObject({
      message: expect.stringMatching(/GLIBC_2\.39/),
    })
  })

  it('a container that was killed whole ran out of memory', () => {
    const exit = { running: false, exitCode: 137 }
    const answer = { outcome: 'dropped', reason: 'socket hang up', millis: 5 } as const
    const verdict = classify(seen(RECORDINGS.emptyAnswer, { answer, exit, outOfMemoryKills: 1 }))
    expect(verdict).toMatchObject({ type: 'Runtime.OutOfMemory' })
  })
})
