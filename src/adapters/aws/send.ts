import { type AwsCall, awsFailure, type KnownRefusal } from './failure.ts'

/** An error that is an answer to the caller: by name, where that does not tell by its words too. */
export type ExpectedError<T> = {
  readonly name: string
  readonly pattern?: RegExp
  readonly answer: (message: string) => T | Promise<T>
}

export type SendOptions<T> = {
  readonly signal: AbortSignal
  readonly expected?: readonly ExpectedError<T>[]
  readonly known?: readonly KnownRefusal[]
}

/** Runs one SDK call: its errors become answers or ActionErrors, a cancelled run rejects with the signal's reason. */
export async function send<T>(
  call: AwsCall,
  options: SendOptions<T>,
  work: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const { signal, expected = [], known = [] } = options
  signal.throwIfAborted()
  try {
    return await work({ abortSignal: signal })
  } catch (error) {
    signal.throwIfAborted()
    const { name, message } = error instanceof Error ? error : { name: '', message: '' }
    const row = expected.find((one) => one.name === name && (one.pattern?.test(message) ?? true))
    if (row !== undefined) return row.answer(message)
    throw awsFailure(error, call, known)
  }
}
