import type { Verdict } from './script-conditions.ts'
import {
  type Call,
  type Pairs,
  type Place,
  SCRIPT,
  type ScriptFunction,
  type ScriptTry,
  type Throw,
} from './script-structure.ts'
import type { Token } from './script-tokens.ts'

/** A block, pair of brackets, branch or body without braces that is not yet at its end. */
export type Frame = {
  readonly open: '(' | '[' | '{' | 'arrow' | 'branch' | 'ternary'
  readonly start: number
  readonly kind: 'function' | 'try' | 'catch' | 'finally' | 'switch' | 'class' | 'other'
  readonly id: number
  readonly name?: string
  dead: boolean
  conditional: boolean
  architecture?: string
  condition?: string
  /** What is known of the condition of this branch, for its `else`. */
  verdict?: Verdict
  /** Of a `switch`: what it switches on; whether a label was just before. */
  subject?: string
  labelled?: boolean
}

/** What is known of a script while its tokens are gone through. */
export type Walk = {
  readonly tokens: readonly Token[]
  readonly functions: ScriptFunction[]
  readonly tries: ScriptTry[]
  readonly calls: Call[]
  readonly throws: Throw[]
  readonly closers: WritablePairs
  readonly openers: WritablePairs
  readonly statements: number[]
  /** Innermost last. */
  readonly frames: Frame[]
  /** The branch that ended last, for an `else`. */
  lastBranch: { readonly depth: number; readonly verdict: Verdict; readonly condition: string } | undefined
  /** The `try` whose block ended last, for its `catch` and `finally`. */
  pendingTry: number | undefined
  /** Places of one frame are the same: many calls share one. */
  here: Place | undefined
}

type WritablePairs = Pairs & { set(at: number, other: number): void }

export function startWalk(tokens: readonly Token[]): Walk {
  return {
    tokens,
    functions: [{ at: 0, place: SCRIPT, names: [], parameters: [], invoked: true }],
    tries: [],
    calls: [],
    throws: [],
    closers: pairs(tokens.length),
    openers: pairs(tokens.length),
    statements: [],
    frames: [],
    lastBranch: undefined,
    pendingTry: undefined,
    here: undefined,
  }
}

/** A bundle has some hundred thousand brackets. */
function pairs(size: number): WritablePairs {
  const others = new Int32Array(size)
  return {
    get: (at) => (others[at] ? (others[at] as number) - 1 : undefined),
    set(at, other) {
      others[at] = other + 1
    },
  }
}

/** A name or mark as written; empty for texts, and past the ends. */
export function text(walk: Walk, at: number): string {
  const token = walk.tokens[at]
  return token === undefined || token.type === 'text' || token.type === 'template' ? '' : token.value
}

export function top(walk: Walk): Frame | undefined {
  return walk.frames[walk.frames.length - 1]
}

export function push(walk: Walk, frame: Partial<Frame> & Pick<Frame, 'open' | 'start'>): void {
  walk.here = undefined
  walk.frames.push({ kind: 'other', id: -1, dead: false, conditional: false, ...frame })
}
