import type { AnyNode, Pattern, Program } from 'acorn'
import { callFunction } from './calls.ts'
import type { Engine } from './engine.ts'
import { getProperty, ownKeys } from './properties.ts'
import { read, type Scope } from './scope.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

/** Names of the modules that are loaded before the first statement, in their order. */
export function requests({ body }: Program): readonly string[] {
  const names = body.flatMap((node) =>
    (node.type === 'ImportDeclaration' ||
      node.type === 'ExportAllDeclaration' ||
      node.type === 'ExportNamedDeclaration') &&
    node.source
      ? [String(node.source.value)]
      : [],
  )
  return [...new Set(names)]
}

/** Binds what is imported, and makes the namespace that others import. */
export function link(
  engine: Engine,
  { body }: Program,
  scope: Scope,
  namespace: Thing,
  loaded: (name: string) => Value,
): void {
  const live = (name: string, give: () => Value): void => {
    namespace.properties.set(name, { get: engine.native(() => give()) })
  }
  const local = (name: string) => (): Value => {
    const found = scope.find(name)
    return found === undefined ? UNKNOWN : read(found.cell)
  }
  const of = (name: string, key: string): Value =>
    getProperty(engine, loaded(name), key, (callee, self, given) => callFunction(engine, callee, self, given))
  for (const node of body) {
    if (node.type === 'ImportDeclaration') {
      const source = String(node.source.value)
      for (const one of node.specifiers) {
        if (one.type === 'ImportNamespaceSpecifier') scope.declareLive(one.local.name, () => loaded(source))
        else {
          const key = one.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(one.imported)
          scope.declareLive(one.local.name, () => of(source, key))
        }
      }
    } else if (node.type === 'ExportAllDeclaration') {
      const source = String(node.source.value)
      if (node.exported) live(nameOf(node.exported), () => loaded(source))
      else everything(source)
    } else if (node.type === 'ExportDefaultDeclaration') live('default', local('*default*'))
    else if (node.type === 'ExportNamedDeclaration') {
      for (const one of node.specifiers) {
        const [from, to] = [nameOf(one.local), nameOf(one.exported)]
        const { source } = node
        live(to, source ? () => of(String(source.value), from) : local(from))
      }
      for (const name of declared(node.declaration)) live(name, local(name))
    }
  }

  function everything(source: string): void {
    const from = loaded(source)
    if (!(from instanceof Thing) || from.opaque) namespace.opaque = true
    for (const key of from instanceof Thing ? ownKeys(from) : [])
      if (key !== 'default' && !namespace.properties.has(key)) live(key, () => of(source, key))
  }
}

function nameOf(node: AnyNode): string {
  return node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : ''
}

function declared(node: AnyNode | null | undefined): readonly string[] {
  if (!node) return []
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => patternNames(id))
  return (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id ? [node.id.name] : []
}

function patternNames(id: Pattern): readonly string[] {
  if (id.type === 'Identifier') return [id.name]
  if (id.type === 'ObjectPattern')
    return id.properties.flatMap((one) =>
      patternNames(one.type === 'RestElement' ? one.argument : (one.value as Pattern)),
    )
  if (id.type === 'ArrayPattern') return id.elements.flatMap((one) => (one ? patternNames(one) : []))
  return id.type === 'AssignmentPattern' ? patternNames(id.left) : []
}
