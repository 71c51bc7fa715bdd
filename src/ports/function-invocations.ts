/** What a deployed function gave to one event. */
export type FunctionAnswer = {
  readonly outcome: 'answered'
  /** Its bytes as text: JSON, also of an error. */
  readonly payload: string
  /** Lambda marks it as a function error. */
  readonly failed: boolean
  /** Last 4 KB of the invocation's log. */
  readonly log: string
}

/** The function, or Lambda itself, is not able to right now; asked again, it may be. */
export type NotNow = { readonly outcome: 'not-now'; readonly reason: string }

/** Invocations of functions at AWS. They count as any other: the function does what it does for real. */
export interface FunctionInvocations {
  /**
   * Invokes a function by its ARN, or one version of it, once, and waits for its answer. Rejects with access-denied,
   * function-not-found, conflict (an update is in progress), throttled or aws-error.
   */
  invoke(functionArn: string, version: string | undefined, event: string): Promise<FunctionAnswer | NotNow>
}
