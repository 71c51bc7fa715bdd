import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { FunctionAnswer, FunctionInvocations, NotNow } from '../../ports/function-invocations.ts'
import { type AwsOptions, clientOptions } from './client-options.ts'
import type { KnownRefusal } from './failure.ts'
import { type ExpectedError, send } from './send.ts'

/** Milliseconds: the 900 seconds that a function may take, and its start. */
const LONGEST_INVOCATION = 930_000

/** What passes by itself beside throttling and conflicts: 502, 409 and 500 in the API's model. */
const PASSING: readonly ExpectedError<NotNow>[] = [
  'ResourceNotReadyException',
  'CodeArtifactUserPendingException',
  'ServiceException',
].map((name) => ({ name, answer: (message) => ({ outcome: 'not-now', reason: `${name}: ${message}` }) }))

const NOT_FOUND: KnownRefusal = {
  pattern: /^Function not found/,
  code: 'function-not-found',
  help: 'Find out who deleted it (CloudTrail: DeleteFunction20150331), then run the job again.',
}

/** Each call is sent once: the SDK would invoke again after a timeout, and an invocation may have been at work by then. */
export function functionInvocationsAdapter(options: AwsOptions): FunctionInvocations {
  const common = clientOptions(options)
  const client = new LambdaClient({
    ...common,
    maxAttempts: 1,
    requestHandler: { ...common.requestHandler, requestTimeout: LONGEST_INVOCATION },
  })
  const { signal } = options

  return {
    invoke: (functionArn, version, event) =>
      send<FunctionAnswer | NotNow>(
        {
          action: 'lambda:InvokeFunction',
          resource: version === undefined ? functionArn : `${functionArn}:${version}`,
        },
        { signal, expected: PASSING, known: [NOT_FOUND] },
        async (sending) => {
          const command = new InvokeCommand({
            FunctionName: functionArn,
            Qualifier: version,
            InvocationType: 'RequestResponse',
            LogType: 'Tail',
            Payload: Buffer.from(event),
          })
          const { Payload, FunctionError, LogResult } = await client.send(command, sending)
          return {
            outcome: 'answered',
            payload: Buffer.from(Payload ?? []).toString('utf8'),
            failed: FunctionError !== undefined,
            log: Buffer.from(LogResult ?? '', 'base64').toString('utf8'),
          }
        },
      ),
  }
}
