import type { ImportExpression, MetaProperty } from 'acorn'
import type { Engine } from './engine.ts'
import { evaluate } from './expressions.ts'
import { namespace } from './natives.ts'
import { outcome } from './promises.ts'
import type { Scope } from './scope.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

/** `import(name)`. */
export function importExpression(engine: Engine, { source }: ImportExpression, scope: Scope): Value {
  const value = evaluate(engine, source, scope)
  const name = value instanceof Thing ? value.text : value
  const { host } = engine
  if (typeof name !== 'string' || host === undefined) return engine.promise({ kind: 'done', value: UNKNOWN })
  const from = scope.frame.path
  return engine.promise(outcome(() => host.load(name, from, 'import')))
}

/** `import.meta`, `new.target`. */
export function metaProperty(engine: Engine, { meta }: MetaProperty, scope: Scope): Value {
  if (meta.name === 'new') return scope.frame.newTarget
  const { path } = scope.frame
  const { host } = engine
  return namespace(
    engine,
    { resolve: (_, [name]) => (typeof name === 'string' && host ? host.resolve(name, path, 'import') : UNKNOWN) },
    { url: `file://${path}`, filename: path, dirname: path.slice(0, path.lastIndexOf('/')) || '/', main: UNKNOWN },
  )
}
