import type {
  DoWhileStatement,
  Expression,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  Pattern,
  Statement,
  WhileStatement,
} from 'acorn'
import { assignTo, declare } from './assignments.ts'
import type { Engine } from './engine.ts'
import { evaluate } from './expressions.ts'
import { keysOf, listed } from './iteration.ts'
import { settle } from './promises.ts'
import { Scope } from './scope.ts'
import { anyOf, type Completion, run } from './statements.ts'
import { truth, UNKNOWN, type Value } from './values.ts'

/** Nothing native is chosen among so many: tables are filled. What comes of the other turns is not known. */
const MOST_TURNS = 300

type Turn = { readonly ends: boolean; readonly done: Completion }

/** One turn through the body: whether the loop ends with it, and how. */
function turn(engine: Engine, body: Statement, scope: Scope): Turn {
  const done = run(engine, body, scope)
  if (done === undefined || (done.kind === 'continue' && done.label === undefined))
    return { ends: false, done: undefined }
  if (done.kind === 'break' && done.label === undefined) return { ends: true, done: undefined }
  // A label of this loop or of one around: continuing the outer one ends this.
  return { ends: true, done: done.kind === 'continue' ? undefined : done }
}

/** As often as nobody knows: once is tried. */
function sometimes(engine: Engine, body: Statement, scope: Scope): Completion {
  return anyOf(engine, [() => turn(engine, body, scope).done, () => undefined], scope)
}

function loop(
  engine: Engine,
  test: Expression | null | undefined,
  body: Statement,
  scope: Scope,
  step: () => void,
): Completion {
  const { mayHaveBroken } = engine
  try {
    for (let turns = 1; ; turns++) {
      const holds = test ? truth(evaluate(engine, test, scope)) : true
      if (holds === undefined || turns > MOST_TURNS) return sometimes(engine, body, scope)
      if (!holds) return undefined
      engine.mayHaveBroken = false
      const { ends, done } = turn(engine, body, scope)
      if (ends) return done
      // Without a condition of its own it would never end otherwise.
      const isEndless = !test || test.type === 'Literal'
      if (isEndless && (scope.frame.mayHaveReturned || engine.mayHaveBroken)) return undefined
      step()
      engine.step(body)
    }
  } finally {
    engine.mayHaveBroken = mayHaveBroken
  }
}

export function forLoop(engine: Engine, { init, test, update, body }: ForStatement, outer: Scope): Completion {
  const scope = new Scope(outer, outer.frame, engine.level)
  if (init?.type === 'VariableDeclaration') run(engine, init, scope)
  else if (init) evaluate(engine, init, scope)
  return loop(engine, test, body, scope, () => {
    if (update) evaluate(engine, update, scope)
  })
}

export function whileLoop(engine: Engine, { test, body }: WhileStatement, scope: Scope): Completion {
  return loop(engine, test, body, scope, () => undefined)
}

export function doLoop(engine: Engine, { test, body }: DoWhileStatement, scope: Scope): Completion {
  const { ends, done } = turn(engine, body, scope)
  return ends ? done : loop(engine, test, body, scope, () => undefined)
}

export function forOf(engine: Engine, node: ForOfStatement | ForInStatement, outer: Scope): Completion {
  const over = evaluate(engine, node.right, outer)
  const { items, isOpen } = node.type === 'ForInStatement' ? keysOf(over) : listed(engine, over)
  const give = (item: Value): Scope => {
    const scope = new Scope(outer, outer.frame, engine.level)
    const value = node.type === 'ForOfStatement' && node.await ? settle(engine, item) : item
    if (node.left.type === 'VariableDeclaration') {
      const [declaration] = node.left.declarations
      const target = node.left.kind === 'var' ? scope.function() : scope
      if (declaration) declare(engine, declaration.id, value, target)
    } else assignTo(engine, node.left as Pattern, value, scope)
    return scope
  }
  for (const item of items.slice(0, MOST_TURNS)) {
    engine.step(node)
    const { ends, done } = turn(engine, node.body, give(item))
    if (ends) return done
  }
  return isOpen || items.length > MOST_TURNS
    ? anyOf(engine, [() => turn(engine, node.body, give(UNKNOWN)).done, () => undefined], outer)
    : undefined
}
