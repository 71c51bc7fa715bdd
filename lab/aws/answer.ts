/** An HTTP answer before it is written to the socket. */
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** An answer that a handler has encoded itself, where the body is not JSON (Lambda's Invoke). */
export class RawAnswer {
  readonly answer: Answer

  constructor(answer: Answer) {
    this.answer = answer
  }
}
