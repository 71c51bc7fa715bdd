import type { Thing, Thrown } from './values.ts'

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
