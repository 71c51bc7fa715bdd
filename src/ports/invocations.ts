/** One HTTP call to the runtime interface emulator inside a container. */
export interface Invocations {
  /**
   * Waits until the emulator listens, then posts `body` and reads the answer. Never more than one at a time per container:
   * the emulator dies of two. Rejects only with the signal's reason.
   */
  invoke(route: Route, body: string, limits: InvocationLimits, signal: AbortSignal): Promise<RawAnswer>
}

/** `address`: straight to its network address. `namespace`: by a program of `image` that runs beside it in its network. */
export type Route =
  | { readonly via: 'address'; readonly host: string }
  | { readonly via: 'namespace'; readonly container: string; readonly image: string; readonly pipe: PipeProgram }

/**
 * A command that writes the line `ready` to stderr once it is connected to 127.0.0.1:8080 and then passes stdin there
 * and the answer to stdout.
 */
export type PipeProgram = { readonly entrypoint: string; readonly arguments: readonly string[] }

export type InvocationLimits = { readonly connectMillis: number; readonly answerMillis: number }

export type RawAnswer =
  | { readonly outcome: 'answered'; readonly status: number; readonly body: string; readonly millis: number }
  /** Connected, but the connection ended without a whole answer. */
  | { readonly outcome: 'dropped'; readonly reason: string; readonly millis: number }
  /** Connected, but no answer in time. */
  | { readonly outcome: 'deadline'; readonly millis: number }
  /** Never connected. */
  | { readonly outcome: 'unreachable'; readonly reason: string }
