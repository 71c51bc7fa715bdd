import type { Engine } from './engine.ts'
import { Thing, Thrown, UNKNOWN } from './values.ts'

/**
 * Which of several ways is taken nobody knows: one that throws is taken not to be. Where the loader refuses something on each
 * of them, it does whichever is taken.
 */
export function openWays<T>(engine: Engine, ways: readonly (() => T)[]): readonly [T, ...T[]] {
  const thrown: Thrown[] = []
  const [first, ...others] = ways.flatMap((way) => {
    const end = engine.maybe(
      () => ({ value: way() }),
      (error) => thrown.push(error),
    )
    return end === undefined ? [] : [end]
  })
  if (first !== undefined) return [first.value, ...others.map(({ value }) => value)]
  const [refusal] = thrown
  if (refusal !== undefined && thrown.every(isRefusal)) throw refusal
  throw new Thrown(UNKNOWN, true, engine.path, engine.at)
}

function isRefusal({ value, soft }: Thrown): boolean {
  return !soft && value instanceof Thing && value.cause !== undefined
}
