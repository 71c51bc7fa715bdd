import type { AnyNode, ModuleDeclaration, Pattern, Statement } from 'acorn'
import type { Engine } from './engine.ts'
import { makeFunction } from './functions.ts'
import type { Scope } from './scope.ts'
import { UNKNOWN } from './values.ts'

/** Functions and `var` of a whole function. */
export function hoist(engine: Engine, body: readonly (Statement | ModuleDeclaration)[], scope: Scope): void {
  for (const one of body) hoistVariables(one, scope)
  hoistBlock(engine, body, scope)
}

export function hoistBlock(engine: Engine, body: readonly (Statement | ModuleDeclaration)[], scope: Scope): void {
  for (const one of body) {
    const node =
      (one.type === 'ExportNamedDeclaration' || one.type === 'ExportDefaultDeclaration') && one.declaration
        ? (one.declaration as AnyNode)
        : one
    if (node.type === 'FunctionDeclaration') {
      const made = makeFunction(engine, node, scope)
      if (node.id) scope.declare(node.id.name, made)
      if (one.type === 'ExportDefaultDeclaration') scope.declare('*default*', made)
    } else if (node.type === 'VariableDeclaration' && node.kind !== 'var') {
      for (const { id } of node.declarations) if (id.type === 'Identifier') scope.declare(id.name, UNKNOWN)
    } else if (node.type === 'ClassDeclaration' && node.id) scope.declare(node.id.name, UNKNOWN)
  }
}

/** `var` in every block of a function, but not of those inside. */
function hoistVariables(node: AnyNode | null | undefined, scope: Scope): void {
  if (!node) return
  if (node.type === 'VariableDeclaration' && node.kind === 'var') {
    for (const { id } of node.declarations) names(id, scope)
    return
  }
  for (const inner of innerStatements(node)) hoistVariables(inner, scope)
}

function names(id: Pattern, scope: Scope): void {
  if (id.type === 'Identifier') {
    if (!scope.names.has(id.name)) scope.declare(id.name, undefined)
  } else if (id.type === 'ObjectPattern')
    for (const one of id.properties) names(one.type === 'RestElement' ? one.argument : (one.value as Pattern), scope)
  else if (id.type === 'ArrayPattern') for (const one of id.elements) if (one) names(one, scope)
}

function innerStatements(node: AnyNode): readonly (AnyNode | null | undefined)[] {
  switch (node.type) {
    case 'BlockStatement':
      return node.body
    case 'IfStatement':
      return [node.consequent, node.alternate]
    case 'ForStatement':
      return [node.init, node.body]
    case 'ForOfStatement':
    case 'ForInStatement':
      return [node.left, node.body]
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      return [node.body]
    case 'TryStatement':
      return [node.block, node.handler?.body, node.finalizer]
    case 'SwitchStatement':
      return node.cases.flatMap((one) => one.consequent)
    case 'ExportNamedDeclaration':
      return [node.declaration]
    default:
      return []
  }
}
