import type { AnyNode } from 'acorn'
import type { Scope } from './scope.ts'

/** Something that only running the script can tell. Whatever is done with it is not known either. */
export class Unknown {
  readonly unknown = true
}
export const UNKNOWN = new Unknown()

export type Value = undefined | null | boolean | number | string | bigint | symbol | Unknown | Thing

export type Key = string | symbol
export type Property = { value?: Value; get?: Value; set?: Value; hidden?: true }

/** A function of a script, or one of Node.js that is known here. */
export type Callable =
  | { readonly native: (self: Value, parameters: readonly Value[], newTarget?: Thing) => Value }
  | Code

/** A function as it is written, and where. */
export type Code = {
  readonly node: AnyNode
  readonly scope: Scope
  /** Of a class: constructed only with `new`. */
  readonly fields?: readonly AnyNode[]
  readonly derived?: boolean
  readonly home?: Thing
}

export type PromiseState =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly reason: Value }
  | { readonly kind: 'open' }

/** An object. `level`: how many conditions nobody knows it was made under. */
export class Thing {
  readonly properties = new Map<Key, Property>()
  proto: Value
  readonly level: number
  /** It may have more properties than are known. */
  opaque = false
  items?: Value[]
  entries?: Map<Value, Value>
  promise?: PromiseState | (() => PromiseState)
  call?: Callable
  regex?: RegExp
  /** Of a `Buffer`, and of what looks at one. */
  bytes?: Buffer
  /** Primitive that it wraps: an URL, the text of a file. */
  text?: string
  /** Of `require.cache`: what goes with a property that is deleted. */
  forgets?: (key: Key) => void
  /** Of what is opaque: nothing else but what was put there has such a name. */
  lacks?: (key: Key) => boolean
  isError = false
  /** An error that may come of what is not known here, whoever throws it again. */
  isSoft = false
  /** Filled with what is caused by Node's own loaders. */
  cause?: unknown

  constructor(proto: Value, level = 0) {
    this.proto = proto
    this.level = level
  }
}

export function isKnown(value: Value): value is Exclude<Value, Unknown> {
  return value !== UNKNOWN
}

/** `undefined`: nobody knows. */
export function truth(value: Value): boolean | undefined {
  if (value === UNKNOWN) return undefined
  return value instanceof Thing ? true : Boolean(value)
}

export function isPrimitive(value: Value): value is Exclude<Value, Unknown | Thing> {
  return !(value instanceof Thing) && value !== UNKNOWN
}

/** What is thrown by a script. `soft`: it may be our ignorance that throws it. */
export class Thrown {
  readonly value: Value
  readonly soft: boolean
  readonly path: string
  /** Offset in the script. */
  readonly at: number
  constructor(value: Value, soft: boolean, path: string, at: number) {
    this.value = value
    this.soft = soft
    this.path = path
    this.at = at
  }
}

/** The process ends: nothing can catch it. */
export class Died {
  readonly cause: unknown
  constructor(cause: unknown) {
    this.cause = cause
  }
}

/** It takes longer than is worth it, or cannot be read: nothing is known. */
export class Undecided {
  readonly reason: string
  constructor(reason: string) {
    this.reason = reason
  }
}
