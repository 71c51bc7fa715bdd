/**
 * What running a module does, as far as imports depend on it: a small program, in the order of execution. Lines count
 * from one. Bodies of functions are there only when the module itself calls them; what has no say is left out.
 */
export type PythonStep =
  | ImportStep
  | FromStep
  | TryStep
  | IfStep
  | FunctionStep
  | CallStep
  | NamedImportStep
  /** `constant`: follows from what is the same in every function; others ask for it. */
  | { readonly set: string; readonly to: PythonValue; readonly constant?: true }
  /** Name of the exception; empty: the one that is being handled. BREAK and CONTINUE: leaves a loop, or its body. */
  | { readonly raise: string; readonly line: number }
  | ReturnStep
  | LibraryStep
  | FindStep
  | OldestStep
  | ConstantStep
  | VersionStep
  | DistributionStep
  | WindowsStep

/** `import a.b` or `importlib.import_module('a.b')`. */
export type ImportStep = { readonly import: string; readonly line: number; readonly as?: string }

/** Runs a function of this module, or one that it imported by this name, or `module.function` of an imported module. */
export type CallStep = {
  readonly call: string
  readonly line: number
  readonly with?: readonly PythonArgument[]
  /** It is given nothing. */
  readonly bare?: true
  /** What it returns is bound to this name. */
  readonly into?: string
  /** Only while the file is read: the name under which it takes an entry of a table, `require_version(table[name])`. */
  readonly entry?: string
}

/** `value`: the name whose value it hands back. */
export type ReturnStep = { readonly return: true; readonly value?: string }

/** `plus`: a text behind what the name holds, `name + "_cpp"`. */
export type PythonArgument = { readonly name: string; readonly plus?: string } | { readonly text: string }

/** `importlib.import_module(name)`, `import_module(name + "_cpp")`: the module that the variable names. */
export type NamedImportStep = { readonly importNamed: string; readonly plus?: string; readonly line: number }

/** `from ..a import b, c`: `from` is `..a`, names as in the module that is asked; `*` is a name too. */
export type FromStep = {
  readonly from: string
  readonly names: readonly string[]
  readonly line: number
  /** Names that are bound here under another name: theirs -> ours. */
  readonly as?: Readonly<Record<string, string>>
}

export type TryStep = {
  readonly try: readonly PythonStep[]
  readonly except: readonly ExceptBranch[]
  readonly else?: readonly PythonStep[]
  readonly finally?: readonly PythonStep[]
}

/** `types`: last parts of the names of caught exceptions (`ImportError`); empty: all. `?`: not to be told. */
export type ExceptBranch = { readonly types: readonly string[]; readonly body: readonly PythonStep[] }

/** Loops and `match` are conditions that nobody can tell. */
export type IfStep = {
  readonly if: PythonCondition
  readonly body: readonly PythonStep[]
  readonly else?: readonly PythonStep[]
}

/** A function, or a class with what its `__init__` does. */
export type FunctionStep = {
  readonly def: string
  readonly body: readonly PythonStep[]
  readonly parameters?: readonly string[]
  /** Those of them that are None unless a caller says otherwise. */
  readonly none?: readonly string[]
}

/** A library opened by ctypes or cffi; the string literals of the call, none: computed elsewhere. */
export type LibraryStep = {
  readonly open: readonly string[]
  /** The one library file that the source names, where it may look for others too: opened when it lies there. */
  readonly near?: string
  readonly line: number
  /** Nothing tells which of all that the file speaks of. */
  readonly isGuess?: true
  /** Only while the file is read: the name whose value is opened. */
  readonly variable?: string
  /** Only while the file is read: `str(path)`, which is that of a file. */
  readonly isPath?: true
}

/** `path = find_library("zbar")`: what the loader finds under one of these names, or None. */
export type FindStep = {
  readonly find: readonly string[]
  readonly into: string
  readonly line: number
  /** Only while the file is read: the name whose value is looked for. */
  readonly variable?: string
}

/** Raises when the distribution that is there is older. */
export type OldestStep = { readonly oldest: readonly number[]; readonly of: string; readonly line: number }

/** Refuses an installed distribution whose version the package does not take. `ifThere`: does not ask for it otherwise. */
export type VersionStep = { readonly checked: string; readonly line: number; readonly ifThere?: true }

/** Takes a constant from a library of cffi. `file`: the compiled module that is this library, and has none of that name. */
export type ConstantStep = {
  readonly fromLibrary: string
  readonly line: number
  readonly file?: string
}

/**
 * Asks for the metadata of an installed distribution, as most do for their version; raises where there is none.
 * `__name__`, `__package__` and `__top__` stand for the module's own name, its package's, and the first part of that.
 */
export type DistributionStep = {
  readonly distribution: string
  readonly line: number
  /** Only while the file is read: the function as it is called here. */
  readonly through?: string
}

/** Asks for what Python has on Windows only. */
export type WindowsStep = { readonly windows: string; readonly line: number }

/** What a name of a module holds, as far as conditions ask. */
export type PythonValue =
  | 'true'
  | 'false'
  | 'none'
  | 'other'
  | EnvironmentText
  | { readonly text: string }
  /** `not (IS_PYPY or IS_PURE)`: true or false. */
  | { readonly holds: PythonCondition }

/** `os.environ.get("BACKEND", "c")`; without a default it is None. `number`: `int(…)` of it. */
export type EnvironmentText = { readonly variable: string; readonly otherwise?: string; readonly number?: true }

/** `null`: not to be told from the text. What is fixed on Linux (`sys.platform`) is judged while reading. */
export type PythonCondition =
  | boolean
  | null
  | { readonly version: '>=' | '>' | '<' | '<=' | '==' | '!='; readonly than: readonly number[] }
  | { readonly name: string; readonly none?: true }
  | { readonly name: string; readonly equals: string }
  | { readonly variable: string }
  /** `supports(AVX2)`: what a compiled function says of the processor. */
  | { readonly asks: string; readonly feature: string }
  | { readonly not: PythonCondition }
  | { readonly any: readonly PythonCondition[] }

/** Blocks within a statement, in the order of the source. */
export function innerSteps(step: PythonStep): readonly (readonly PythonStep[])[] {
  if ('def' in step) return [step.body]
  if ('if' in step) return [step.body, step.else ?? []]
  if (!('try' in step)) return []
  return [step.try, ...step.except.map(({ body }) => body), step.else ?? [], step.finally ?? []]
}
