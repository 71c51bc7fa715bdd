import type { Way } from '../resolve-module.ts'
import type { Engine } from './engine.ts'
import { Thing, type Thrown, UNKNOWN, type Value } from './values.ts'

/** A module that was loaded, or is being loaded. */
export type LoadedModule = {
  readonly path: string
  /** `module` of CommonJS, or the namespace of an ES module. */
  readonly thing: Thing
  readonly isModule: boolean
  thrown?: Thrown
  /** It does what is not understood here, or too much: what it exports is not known. */
  isAbandoned?: true
}

/** What whoever loads the module gets of it. */
export function exported(engine: Engine, { thing, isModule, isAbandoned }: LoadedModule, way: Way): Value {
  if (isAbandoned) return UNKNOWN
  if (isModule) return thing
  return asLoaded(engine, thing.properties.get('exports')?.value, way)
}

/** What `import` makes of a CommonJS module. */
export function asLoaded(engine: Engine, exports: Value, way: Way): Value {
  if (way === 'require' || exports === UNKNOWN) return exports
  const made = new Thing(exports instanceof Thing ? exports : null, engine.level)
  made.properties.set('default', { value: exports })
  return made
}
