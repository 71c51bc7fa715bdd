import { randomUUID } from 'node:crypto'
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { RawAnswer } from '../raw-answer.ts'
import { lambdaErrors } from './errors.ts'
import type { Code } from './function.ts'
import type { FunctionId, Functions } from './functions.ts'
import type { Layers } from './layer-store.ts'
import { type ImageScope, imageArchitecture } from './source-image.ts'

/** What a run of a function gave: Lambda's side of it, however it was run. */
export type RunResult = {
  readonly payload: Buffer
  readonly failed: boolean
  readonly log: string
}

/** What a function is made of: its image, or zips of its code and layers in the order in which they lie over each other. */
export type Runnable =
  | { readonly reference: string }
  | { readonly runtime: string; readonly code: Buffer; readonly layers: readonly Buffer[] }

/** Runs a deployed function once. The stand-in's is real RIE in Docker (docker-runtime.ts); a test may give its own. */
export type Runtime = {
  run(
    invocation: Runnable & {
      readonly configuration: FunctionConfiguration
      readonly payload: Buffer
      readonly requestId: string
    },
  ): Promise<RunResult>
  close(): Promise<void>
}

export type InvokeInput = FunctionId & {
  readonly Payload?: Buffer
  readonly InvocationType?: string
  readonly LogType?: string
}

const OCI_ARCHITECTURE: Readonly<Record<string, string>> = { x86_64: 'amd64', arm64: 'arm64' }

export async function invoke(
  input: InvokeInput,
  scope: {
    readonly functions: Functions
    readonly images: ImageScope
    readonly layers: Layers
    readonly runtime: Runtime | undefined
  },
): Promise<RawAnswer> {
  const revision = scope.functions.revision(input)
  const { configuration, running } = revision
  if (configuration.State !== 'Active') {
    throw lambdaErrors.conflict(
      `The operation cannot be performed at this time. The function is currently in the following state: ${configuration.State}`,
    )
  }
  const requestId = randomUUID()
  if (input.InvocationType === 'DryRun') return answer(204, requestId, {}, Buffer.alloc(0))
  if (scope.runtime === undefined) throw new Error('The stand-in was started without a Docker engine and an emulator')
  const invocation = { configuration, payload: input.Payload ?? Buffer.alloc(0), requestId }
  const runnable = await runnableOf(running, configuration, scope)
  const result =
    runnable === undefined ? wrongArchitecture(requestId) : await scope.runtime.run({ ...runnable, ...invocation })
  if (input.InvocationType === 'Event') return answer(202, requestId, {}, Buffer.alloc(0))
  const headers = {
    'x-amz-executed-version': configuration.Version ?? '$LATEST',
    ...(result.failed && { 'x-amz-function-error': 'Unhandled' }),
    ...(input.LogType === 'Tail' && { 'x-amz-log-result': logTail(result.log) }),
  }
  return answer(200, requestId, headers, result.payload)
}

/** `undefined`: an image of another architecture than the function's. */
async function runnableOf(
  running: Code,
  configuration: FunctionConfiguration,
  { images, layers }: { readonly images: ImageScope; readonly layers: Layers },
): Promise<Runnable | undefined> {
  if (running.packageType === 'Image') {
    const reference = running.resolvedImageUri
    const wanted = OCI_ARCHITECTURE[configuration.Architectures?.[0] ?? 'x86_64']
    return (await imageArchitecture(reference, images)) === wanted ? { reference } : undefined
  }
  const attached = (configuration.Layers ?? []).flatMap(({ Arn = '' }) => layers.published(Arn) ?? [])
  return {
    runtime: configuration.Runtime ?? '',
    code: running.archive.bytes,
    layers: attached.map(({ archive }) => archive.bytes),
  }
}

/** Lambda takes an image of another architecture, and fails when it starts the entrypoint. */
function wrongArchitecture(requestId: string): RunResult {
  const errorMessage = `RequestId: ${requestId} Error: fork/exec /lambda-entrypoint.sh: exec format error`
  return {
    payload: Buffer.from(JSON.stringify({ errorType: 'Runtime.InvalidEntrypoint', errorMessage })),
    failed: true,
    log: `${errorMessage}\nRuntime.InvalidEntrypoint\n`,
  }
}

function logTail(log: string): string {
  return Buffer.from(log, 'utf8').subarray(-4096).toString('base64')
}

function answer(status: number, requestId: string, headers: Record<string, string>, body: Buffer): RawAnswer {
  const type = { 'content-type': 'application/json', 'x-amzn-requestid': requestId }
  return new RawAnswer({ status, headers: { ...type, ...headers }, body })
}
