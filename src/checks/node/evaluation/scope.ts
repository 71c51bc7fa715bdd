import { Thing, UNKNOWN, type Value } from './values.ts'

type Cell = { value: Value; live?: () => Value }

/** The call that a scope belongs to. */
export type Frame = {
  readonly path: string
  /** `this`, which arrow functions share with what is around them, and `super()` sets. */
  readonly holder: { self: Value }
  readonly callee?: Thing
  readonly home?: Thing
  readonly newTarget?: Thing
  /** Under a condition that nobody knows it has returned already. */
  mayHaveReturned: boolean
  readonly isAsync: boolean
}

export class Scope {
  readonly names = new Map<string, Cell>()
  readonly parent: Scope | undefined
  readonly frame: Frame
  readonly level: number
  /** Where `var` declares. */
  readonly isFunction: boolean
  constructor(parent: Scope | undefined, frame: Frame, level: number, isFunction = false) {
    this.parent = parent
    this.frame = frame
    this.level = level
    this.isFunction = isFunction
  }

  declare(name: string, value: Value): void {
    this.names.set(name, { value })
  }

  declareLive(name: string, live: () => Value): void {
    this.names.set(name, { value: UNKNOWN, live })
  }

  find(name: string): { readonly cell: Cell; readonly scope: Scope } | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const cell = scope.names.get(name)
      if (cell !== undefined) return { cell, scope }
    }
    return undefined
  }

  /** The scope of the function around. */
  function(): Scope {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent)
      if (scope.isFunction) return scope
    return this
  }
}

export function read(cell: Cell): Value {
  return cell.live === undefined ? cell.value : cell.live()
}

/** What a name holds that is assigned under a condition nobody knows: the one or the other. */
export function either(before: Value, after: Value): Value {
  if (before === after) return after
  return before instanceof Thing && after instanceof Thing && before === after ? after : UNKNOWN
}
