/** Where something stands in a script. */
export type Place = {
  /** Innermost function, 0 for the script itself. */
  readonly within: number
  /** `try` blocks of that function around it, outermost first. */
  readonly tries: readonly number[]
  /** The `try` whose `catch` block it stands in, inside of its function. */
  readonly catching?: number
  /** Never reached on Linux in Node.js. */
  readonly dead: boolean
  /** Reached under a condition that is not known. */
  readonly conditional: boolean
  /** Reached on this processor only, as `process.arch` names it. */
  readonly architecture?: string
}

export type ScriptFunction = {
  readonly at: number
  readonly place: Place
  /** Its own name, the variables and properties it is assigned to, the class that it constructs. */
  readonly names: string[]
  readonly parameters: readonly string[]
  /** Called where it is written: `(function () {})()`, `list.forEach(() => {})`. */
  invoked: boolean
  /** The list that a callback goes through: index of the token before `.forEach`. */
  readonly over?: number
}

export type ScriptTry = {
  readonly place: Place
  caught: boolean
  rethrows: boolean
  always: boolean
  checksCode: boolean
  returnsAnyway: boolean
}

export type Call = {
  readonly at: number
  readonly place: Place
  readonly name: string
  readonly receiver?: string
  readonly open: number
}

export type Throw = {
  readonly at: number
  readonly place: Place
  /** Of its function, innermost first; of an `else` that of its `if`. */
  readonly conditions: readonly string[]
  /** Conditions between it and the `catch` that it stands in. */
  readonly inCatch: number
}

/** Index of a token by that of another. */
export type Pairs = { get(at: number): number | undefined }

export type Structure = {
  readonly functions: readonly ScriptFunction[]
  readonly tries: readonly ScriptTry[]
  readonly calls: readonly Call[]
  readonly throws: readonly Throw[]
  /** Token after a closing bracket by the index of the opening one. */
  readonly closers: Pairs
  readonly isModule: boolean
  /** Index of `import`/`export` tokens of module statements. */
  readonly statements: readonly number[]
}

/** The script itself. */
export const SCRIPT: Place = { within: 0, tries: [], dead: false, conditional: false }
