import { describe, expect, it } from 'vitest'
import { asLambda } from '../../../lab/aws/lambda/rie-answer.ts'

const ERROR = '{"errorType":"TypeError","errorMessage":"no","stackTrace":[]}'
const NEVER_STARTED =
  '20 Nov 2026 11:32:25,495 [INFO] (rapid) Init failed error=fork/exec /entry: no such file or directory InvokeID=\n' +
  '20 Nov 2026 11:32:25,496 [ERROR] (rapid) Runtime.InvalidEntrypoint\n'

function answered(status: number, body: string, stderr = '') {
  const { payload, failed } = asLambda({ status, body: Buffer.from(body), stdout: '', stderr }, 'id')
  return { payload: payload.toString('utf8'), failed }
}

describe('an answer of the emulator, as Lambda would give it', () => {
  it.each([
    ['of a handler', 200, '{"id":7}', { payload: '{"id":7}', failed: false }],
    ['that is no object', 200, '"text"', { payload: '"text"', failed: false }],
    ['with a handler error, which came as 200', 200, ERROR, { payload: ERROR, failed: true }],
    ['with an error of the initialisation', 502, ERROR, { payload: ERROR, failed: true }],
  ])('%s', (_, status, body, expected) => {
    expect(answered(status, body)).toEqual(expected)
  })

  it('with a timeout, which came as plain text', () => {
    expect(answered(200, 'Task timed out after 1.00 seconds')).toEqual({
      payload:
        '{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: id Error: Task timed out after 1.00 seconds"}',
      failed: true,
    })
  })

  it('without a body takes the reason from the log', () => {
    expect(answered(502, '', NEVER_STARTED)).toEqual({
      payload:
        '{"errorType":"Runtime.InvalidEntrypoint","errorMessage":"RequestId: id Error: fork/exec /entry: no such file or directory"}',
      failed: true,
    })
    expect(answered(502, '').payload).toContain('Runtime.ExitError')
  })
})
