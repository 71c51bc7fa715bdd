import type { Engine } from './engine.ts'
import { type PromiseState, Thing, Thrown, UNKNOWN, type Value } from './values.ts'

/** What an `async` function gives: it is run through at once. */
export function promiseOf(engine: Engine, work: () => Value): Thing {
  return engine.promise(outcome(work))
}

export function outcome(work: () => Value): PromiseState {
  try {
    const value = work()
    return value instanceof Thing && value.promise !== undefined ? stateOf(value) : { kind: 'done', value }
  } catch (error) {
    if (!(error instanceof Thrown)) throw error
    return { kind: 'failed', reason: error.value, ...(error.soft && { soft: true }) }
  }
}

export function stateOf(promise: Thing): PromiseState {
  const { promise: state } = promise
  if (state === undefined) return { kind: 'open' }
  if (typeof state !== 'function') return state
  // Whoever waits for itself never ends.
  promise.promise = { kind: 'open' }
  promise.promise = state()
  return promise.promise
}

/** `await`. */
export function settle(engine: Engine, value: Value): Value {
  if (!(value instanceof Thing) || value.promise === undefined) return value
  const state = stateOf(value)
  if (state.kind === 'done') return settle(engine, state.value)
  if (state.kind === 'failed')
    throw new Thrown(state.reason, 'soft' in state && state.soft === true, engine.path, engine.at)
  return UNKNOWN
}
