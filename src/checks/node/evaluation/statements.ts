import type { AnyNode, ModuleDeclaration, Pattern, Statement, VariableDeclaration } from 'acorn'
import { declare } from './assignments.ts'
import { makeClass } from './classes.ts'
import type { Engine } from './engine.ts'
import { evaluate } from './expressions.ts'
import { hoistBlock } from './hoisting.ts'
import { doLoop, forLoop, forOf, whileLoop } from './loops.ts'
import { openWays } from './open-ways.ts'
import { Scope } from './scope.ts'
import { switchStatement } from './switches.ts'
import { tryStatement } from './tries.ts'
import { Thing, Thrown, truth, UNKNOWN, type Value } from './values.ts'

/** How a statement ends when it is not by its end. */
export type Completion =
  | { readonly kind: 'return'; readonly value: Value }
  | { readonly kind: 'break' | 'continue'; readonly label?: string }
  | undefined

export function runBody(engine: Engine, body: readonly (Statement | ModuleDeclaration)[], scope: Scope): Completion {
  for (const one of body) {
    const done = run(engine, one, scope)
    if (done !== undefined) return done
  }
  return undefined
}

export function run(engine: Engine, node: Statement | ModuleDeclaration | AnyNode, scope: Scope): Completion {
  engine.step(node)
  switch (node.type) {
    case 'ExpressionStatement':
      evaluate(engine, node.expression, scope)
      return undefined
    case 'VariableDeclaration':
      variables(engine, node, scope)
      return undefined
    case 'ClassDeclaration':
      scope.declare(node.id?.name ?? 'default', makeClass(engine, node, scope))
      return undefined
    case 'ReturnStatement':
      return { kind: 'return', value: node.argument ? evaluate(engine, node.argument, scope) : undefined }
    case 'IfStatement': {
      const holds = truth(evaluate(engine, node.test, scope))
      const ways = [node.consequent, node.alternate ?? undefined]
      if (holds !== undefined) {
        const way = ways[holds ? 0 : 1]
        return way === undefined ? undefined : run(engine, way, scope)
      }
      return anyOf(
        engine,
        ways.map((way) => () => (way === undefined ? undefined : run(engine, way, scope))),
        scope,
      )
    }
    case 'BlockStatement':
      return block(engine, node.body, scope)
    case 'ThrowStatement': {
      const value = evaluate(engine, node.argument, scope)
      throw new Thrown(value, value instanceof Thing && value.isSoft, engine.path, node.start)
    }
    case 'TryStatement':
      return tryStatement(engine, node, scope)
    case 'ForStatement':
      return forLoop(engine, node, scope)
    case 'ForOfStatement':
    case 'ForInStatement':
      return forOf(engine, node, scope)
    case 'WhileStatement':
      return whileLoop(engine, node, scope)
    case 'DoWhileStatement':
      return doLoop(engine, node, scope)
    case 'SwitchStatement':
      return switchStatement(engine, node, scope)
    case 'BreakStatement':
    case 'ContinueStatement':
      return {
        kind: node.type === 'BreakStatement' ? 'break' : 'continue',
        ...(node.label && { label: node.label.name }),
      }
    case 'LabeledStatement': {
      const done = run(engine, node.body, scope)
      return done?.kind === 'break' && done.label === node.label.name ? undefined : done
    }
    case 'ExportNamedDeclaration':
      return node.declaration ? run(engine, node.declaration, scope) : undefined
    case 'ExportDefaultDeclaration':
      exportDefault(engine, node.declaration, scope)
      return undefined
    default:
      return undefined
  }
}

export function block(engine: Engine, body: readonly Statement[], scope: Scope): Completion {
  const inner = new Scope(scope, scope.frame, engine.level)
  hoistBlock(engine, body, inner)
  return runBody(engine, body, inner)
}

/** What comes of several ways of which nobody knows which is taken. */
export function anyOf(engine: Engine, ways: readonly (() => Completion)[], scope: Scope): Completion {
  const ends = openWays(engine, ways)
  const [first] = ends
  if (ends.every((end) => end === undefined)) return undefined
  if (ends.every((end) => end?.kind === 'return')) return ends.length === 1 ? first : { kind: 'return', value: UNKNOWN }
  if (ends.some((end) => end?.kind === 'return')) scope.frame.mayHaveReturned = true
  if (ends.some((end) => end?.kind === 'break')) engine.mayHaveBroken = true
  return undefined
}

function variables(engine: Engine, { kind, declarations }: VariableDeclaration, scope: Scope): void {
  for (const { id, init } of declarations) {
    if (kind === 'var' && !init) continue
    const value = init ? evaluate(engine, init, scope) : undefined
    // A function takes the name of what it is assigned to.
    declareIn(engine, id, value, kind === 'var' ? scope.function() : scope, scope)
  }
}

function declareIn(engine: Engine, id: Pattern, value: Value, target: Scope, scope: Scope): void {
  if (target === scope || id.type !== 'Identifier') {
    declare(engine, id, value, target)
    return
  }
  target.declare(id.name, engine.level > target.level ? UNKNOWN : value)
}

function exportDefault(engine: Engine, declaration: AnyNode, scope: Scope): void {
  if (declaration.type === 'FunctionDeclaration') return
  scope.declare(
    '*default*',
    declaration.type === 'ClassDeclaration'
      ? makeClass(engine, declaration, scope)
      : evaluate(engine, declaration, scope),
  )
  if (declaration.type === 'ClassDeclaration' && declaration.id)
    scope.declare(declaration.id.name, scope.names.get('*default*')?.value)
}
