import { callFunction } from './calls.ts'
import type { Engine } from './engine.ts'
import { listed } from './iteration.ts'
import { addFunctions, nativeClass } from './natives.ts'
import { outcome, settle, stateOf } from './promises.ts'
import { type PromiseState, Thing, Thrown, UNKNOWN, type Value } from './values.ts'

/** `Promise`: what follows on one is run when somebody waits for it, as nothing is while a script is loaded. */
export function promiseClass(engine: Engine): Thing {
  addFunctions(engine, engine.prototypes.promise, {
    // biome-ignore lint/suspicious/noThenProperty: of the scripts' promises
    then: (self, [work, other]) => follow(self, work, other),
    catch: (self, [work]) => follow(self, undefined, work),
    finally: (self) => self,
  })
  return nativeClass(engine, engine.prototypes.promise, (_, [executor]) => made(executor), {
    resolve: (_, [value]) =>
      value instanceof Thing && value.promise !== undefined ? value : engine.promise({ kind: 'done', value }),
    reject: (_, [reason]) => engine.promise({ kind: 'failed', reason }),
    all: (_, [of]) =>
      engine.promise(() =>
        outcome(() => {
          const { items, isOpen } = listed(engine, of)
          const made = engine.array(items.map((item) => settle(engine, item)))
          made.opaque = isOpen
          return made
        }),
      ),
    allSettled: () => engine.promise({ kind: 'done', value: UNKNOWN }),
    race: () => engine.promise({ kind: 'open' }),
    any: () => engine.promise({ kind: 'open' }),
  })

  function follow(self: Value, work: Value, other: Value): Value {
    if (!(self instanceof Thing) || self.promise === undefined) return UNKNOWN
    return engine.promise(() => {
      const state = stateOf(self)
      if (state.kind === 'open') return state
      const handler = state.kind === 'done' ? work : other
      if (handler === undefined || handler === null) return state
      return outcome(() =>
        callFunction(engine, handler, undefined, [state.kind === 'done' ? state.value : state.reason]),
      )
    })
  }

  function made(executor: Value): Value {
    let state: PromiseState = { kind: 'open' }
    const promise = engine.promise(() => state)
    const end = (next: PromiseState): undefined => {
      // Under a condition nobody knows it may not have been.
      if (state.kind === 'open') state = engine.level > promise.level ? { kind: 'done', value: UNKNOWN } : next
    }
    try {
      callFunction(engine, executor, undefined, [
        engine.native((_, [value]) => {
          end(value instanceof Thing && value.promise !== undefined ? stateOf(value) : { kind: 'done', value })
          return undefined
        }),
        engine.native((_, [reason]) => {
          end({ kind: 'failed', reason })
          return undefined
        }),
      ])
    } catch (error) {
      if (!(error instanceof Thrown)) throw error
      end({ kind: 'failed', reason: error.value })
    }
    return promise
  }
}
