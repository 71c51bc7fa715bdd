import type { BlockStatement, TryStatement } from 'acorn'
import { declare } from './assignments.ts'
import type { Engine } from './engine.ts'
import { Scope } from './scope.ts'
import { block, type Completion } from './statements.ts'
import { Thrown } from './values.ts'

/** Bundlers write it around every module: whatever goes wrong goes on. */
function onlyThrows({ body }: BlockStatement): boolean {
  return body.length === 1 && body[0]?.type === 'ThrowStatement'
}

export function tryStatement(
  engine: Engine,
  { block: body, handler, finalizer }: TryStatement,
  scope: Scope,
): Completion {
  let done: Completion
  let thrown: Thrown | undefined
  const { calls, guards } = engine
  const attempt = (work: () => Completion): void => {
    thrown = undefined
    try {
      done = work()
    } catch (error) {
      if (!(error instanceof Thrown)) throw error
      thrown = error
      engine.calls = calls
    } finally {
      engine.guards = guards
    }
  }
  attempt(() => {
    if (handler && !onlyThrows(handler.body)) engine.guards++
    return block(engine, body.body, scope)
  })
  if (thrown !== undefined && handler) {
    const { value } = thrown as Thrown
    attempt(() => {
      const inner = new Scope(scope, scope.frame, engine.level)
      if (handler.param) declare(engine, handler.param, value, inner)
      return block(engine, handler.body.body, inner)
    })
  }
  if (finalizer) {
    const last = block(engine, finalizer.body, scope)
    if (last !== undefined) return last
  }
  if (thrown !== undefined) throw thrown
  return done
}
