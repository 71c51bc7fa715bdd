import type { Answer } from '../http/answer.ts'

/** An answer that a handler has encoded itself, where the body is not JSON (Lambda's Invoke). */
export class RawAnswer {
  readonly answer: Answer

  constructor(answer: Answer) {
    this.answer = answer
  }
}
