import type { SwitchStatement } from 'acorn'
import type { Engine } from './engine.ts'
import { evaluate } from './expressions.ts'
import { hoist } from './hoisting.ts'
import { Scope } from './scope.ts'
import { anyOf, type Completion, runBody } from './statements.ts'
import { UNKNOWN } from './values.ts'

export function switchStatement(engine: Engine, { discriminant, cases }: SwitchStatement, outer: Scope): Completion {
  const value = evaluate(engine, discriminant, outer)
  const scope = new Scope(outer, outer.frame, engine.level)
  hoist(
    engine,
    cases.flatMap((one) => one.consequent),
    scope,
  )
  const from = (start: number): Completion =>
    runBody(
      engine,
      cases.slice(start).flatMap((one) => one.consequent),
      scope,
    )
  const ended = (done: Completion): Completion =>
    done?.kind === 'break' && done.label === undefined ? undefined : done
  if (value === UNKNOWN)
    return anyOf(
      engine,
      cases.map((_, index) => () => ended(from(index))),
      scope,
    )
  const start = cases.findIndex(({ test }) => test && evaluate(engine, test, scope) === value)
  const first = start === -1 ? cases.findIndex(({ test }) => !test) : start
  return first === -1 ? undefined : ended(from(first))
}
