import type { AnyNode } from 'acorn'
import type { ScriptHost } from './script-host.ts'
import { Thing, Thrown, UNKNOWN, Undecided, type Value } from './values.ts'

const MOST_STEPS = 1_000_000
const MOST_CALLS = 150

/** Prototypes of what every script finds. */
export type Prototypes = {
  readonly object: Thing
  readonly function: Thing
  readonly array: Thing
  readonly error: Thing
  readonly promise: Thing
  readonly map: Thing
  readonly regex: Thing
}

/** One run of the scripts of a module: what it has cost so far, and under how many unknown conditions it stands. */
export class Engine {
  steps = 0
  readonly mostSteps = MOST_STEPS
  /** Of what is followed at the moment. */
  limit = MOST_STEPS
  calls = 0
  level = 0
  /** Blocks of `try` around, in any function. */
  guards = 0
  /** A loop may have been left, under a condition that nobody knows. */
  mayHaveBroken = false
  /** A name that no script has declared and Node.js does not have, which is used whatever happens. */
  absentGlobal?: string
  path = ''
  /** Of the node that is evaluated, in its script. */
  at = 0
  readonly prototypes: Prototypes
  readonly globals = new Map<string, Value>()
  host?: ScriptHost

  constructor() {
    const object = new Thing(null)
    const made = () => new Thing(object)
    this.prototypes = {
      object,
      function: made(),
      array: made(),
      error: made(),
      promise: made(),
      map: made(),
      regex: made(),
    }
  }

  step(node: AnyNode): void {
    this.at = node.start
    if (++this.steps > this.limit) throw new Undecided('it takes too many steps')
  }

  enter(): void {
    if (++this.calls > MOST_CALLS) {
      this.calls--
      throw new Undecided('calls are nested too deeply')
    }
  }

  object(): Thing {
    return new Thing(this.prototypes.object, this.level)
  }

  array(items: Value[]): Thing {
    const array = new Thing(this.prototypes.array, this.level)
    array.items = items
    return array
  }

  native(native: (self: Value, parameters: readonly Value[], newTarget?: Thing) => Value): Thing {
    const made = new Thing(this.prototypes.function)
    made.call = { native }
    return made
  }

  promise(promise: NonNullable<Thing['promise']>): Thing {
    const made = new Thing(this.prototypes.promise, this.level)
    made.promise = promise
    return made
  }

  error(name: string, message: string, properties: Readonly<Record<string, Value>> = {}): Thing {
    const error = new Thing(this.prototypes.error, this.level)
    error.isError = true
    for (const [key, value] of Object.entries({ name, message, stack: UNKNOWN, ...properties }))
      error.properties.set(key, { value, hidden: true })
    return error
  }

  /** An error that may come of what is not known here. */
  soft(name: string, message: string): Thrown {
    const error = this.error(name, message)
    error.isSoft = true
    return new Thrown(error, true, this.path, this.at)
  }

  /**
   * What would throw in the runtime as far as is known here. As long as nothing was missing, and nobody would catch it, our
   * ignorance is the likelier reason: then the value is just not known.
   */
  mistake(name: string, message: string): typeof UNKNOWN {
    if (this.guards === 0 && this.host?.lacks() !== true) return UNKNOWN
    throw this.soft(name, message)
  }

  /** In code that may or may not be reached: what it throws is taken back, what it assigns is not known afterwards. */
  maybe<T>(work: () => T, takenBack?: (error: Thrown) => void): T | undefined {
    this.level++
    const { calls, guards } = this
    try {
      return work()
    } catch (error) {
      if (!(error instanceof Thrown)) throw error
      this.calls = calls
      this.guards = guards
      takenBack?.(error)
      return undefined
    } finally {
      this.level--
    }
  }
}
