import { setTimeout as sleep } from 'node:timers/promises'
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { type Refusal, refusalError } from './refusals.ts'
import type { Service, ServiceError } from './service-error.ts'

/**
 * What a test wants to go wrong; plain JSON, so that it can be scripted from another process.
 * `operation` is `service:Operation`, `service:*` or `*`. `times` is how often the fault happens (absent: always),
 * `after` how many matching requests pass before the first time.
 */
export type Fault =
  | { kind: 'refuse'; operation: string; error: Refusal; times?: number; after?: number }
  /** The connection is closed without an answer. */
  | { kind: 'disconnect'; operation: string; times?: number; after?: number }
  /** The answer takes as long: `before` the work (of a client that is gone by then nothing is done), or after it. */
  | { kind: 'delay'; operation: string; when: 'before' | 'after'; millis: number; times?: number; after?: number }
  /** How the next creation or update of a function ends, and after how many polls (`never`: it stays in progress). */
  | {
      kind: 'outcome'
      of: 'create' | 'update'
      functionName?: string
      polls?: number | 'never'
      failed?: { code: string; reason: string }
      times?: number
    }
  /** Members laid over every configuration that is shown, for states and codes that no model knows. */
  | { kind: 'show'; functionName?: string; configuration: Record<string, unknown>; times?: number; after?: number }

export type Outcome = { readonly polls?: number | 'never'; readonly failed?: { code: string; reason: string } }

type Scripted = { readonly fault: Fault; left: number; toPass: number }

/** The script of one stand-in. Faults are tried in the order in which they were scripted; the first match happens. */
export class Faults {
  #scripted: Scripted[] = []
  readonly #delayed: string[] = []
  #holding = new AbortController()

  script(fault: Fault): void {
    this.#scripted.push({
      fault,
      left: fault.times ?? Number.POSITIVE_INFINITY,
      toPass: 'after' in fault ? (fault.after ?? 0) : 0,
    })
  }

  /** Also lets go of what is held. */
  clear(): void {
    this.#scripted = []
    this.#holding.abort()
    this.#holding = new AbortController()
  }

  /** The error or cut connection that meets this request, if any. */
  refusal(request: { service: Service; operation: string; resource: string }): ServiceError | 'disconnect' | undefined {
    const { service, operation, resource } = request
    const names = new Set(['*', `${service}:*`, `${service}:${operation}`])
    const fault = this.#take(
      (candidate) => (candidate.kind === 'refuse' || candidate.kind === 'disconnect') && names.has(candidate.operation),
    )
    if (fault?.kind === 'disconnect') return 'disconnect'
    return fault?.kind === 'refuse' ? refusalError(fault.error, { service, operation, resource }) : undefined
  }

  /** Holds this request as scripted, until the client is gone at most. */
  async delay(
    when: 'before' | 'after',
    request: { service: Service; operation: string },
    gone: AbortSignal,
  ): Promise<void> {
    const name = `${request.service}:${request.operation}`
    const fault = this.#take(
      (candidate) => candidate.kind === 'delay' && candidate.when === when && candidate.operation === name,
    )
    if (fault?.kind !== 'delay') return
    this.#delayed.push(name)
    await sleep(fault.millis, undefined, { signal: AbortSignal.any([gone, this.#holding.signal]) }).catch(
      () => undefined,
    )
    this.#delayed.splice(this.#delayed.indexOf(name), 1)
  }

  delayed(): readonly string[] {
    return this.#delayed
  }

  outcome(of: 'create' | 'update', functionName: string): Outcome {
    const fault = this.#take(
      (candidate) => candidate.kind === 'outcome' && candidate.of === of && concerns(candidate, functionName),
    )
    return fault?.kind === 'outcome' ? fault : {}
  }

  shown(configuration: FunctionConfiguration): FunctionConfiguration {
    const name = configuration.FunctionName ?? ''
    const fault = this.#take((candidate) => candidate.kind === 'show' && concerns(candidate, name))
    return fault?.kind === 'show' ? { ...configuration, ...fault.configuration } : configuration
  }

  #take(matches: (fault: Fault) => boolean): Fault | undefined {
    for (const scripted of this.#scripted) {
      if (scripted.left <= 0 || !matches(scripted.fault)) continue
      if (scripted.toPass > 0) {
        scripted.toPass -= 1
        continue
      }
      scripted.left -= 1
      return scripted.fault
    }
    return undefined
  }
}

function concerns(fault: { functionName?: string }, functionName: string): boolean {
  return fault.functionName === undefined || fault.functionName === functionName
}
