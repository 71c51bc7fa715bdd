import { instance } from './calls.ts'
import type { Engine } from './engine.ts'
import { get, nativeClass } from './natives.ts'
import { Thing, UNKNOWN } from './values.ts'

/** `Error` and its kin: one that names its cause is caused by what that is caused by. */
export function errorClass(engine: Engine, name: string): Thing {
  const { error } = engine.prototypes
  const prototype = name === 'Error' ? error : new Thing(error)
  prototype.properties.set('name', { value: name, hidden: true })
  return nativeClass(
    engine,
    prototype,
    (_, [message, options], newTarget) => {
      const made = newTarget === undefined ? new Thing(prototype, engine.level) : instance(engine, newTarget)
      made.isError = true
      made.properties.set('message', { value: message === undefined ? '' : message, hidden: true })
      made.properties.set('stack', { value: UNKNOWN, hidden: true })
      if (options instanceof Thing) {
        const cause = get(engine, options, 'cause')
        made.properties.set('cause', { value: cause, hidden: true })
        if (cause instanceof Thing) made.cause = cause.cause
      }
      return made
    },
    { captureStackTrace: () => undefined },
  )
}
