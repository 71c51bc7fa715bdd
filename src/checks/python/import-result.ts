import type { LoadResult } from '../../loader/load-result.ts'
import type { PassedOver } from './module-files.ts'
import type { OtherPython } from './standard-names.ts'

/** A place in the source of a module; a compiled module has no lines. */
export type Place = { readonly path: string; readonly line?: number }

/** For people: `/opt/python/numpy/__init__.py line 9`. */
export function placed({ path, line }: Place): string {
  return line === undefined ? path : `${path} line ${line}`
}

/** Why an import fails. */
export type ImportFailure = {
  readonly exception: string
  readonly cause: FailureCause
  /** From the module that was asked for to the statement that failed; empty when it is the module itself. */
  readonly chain: readonly Place[]
  /** True when the missing file is optional to whoever looks for it, so that the code goes on. */
  readonly caught: boolean
  /** Nobody catches it, but nobody can tell either whether the statement runs. */
  readonly unsure?: true
  /** It kills the process where somebody is prepared for a file that is not there. */
  readonly isDispensable?: true
}

export type FailureCause =
  /** A native file that is found and cannot be loaded. Without `result` it is no ELF file at all. */
  | { readonly kind: 'load'; readonly file: string; readonly result?: LoadResult }
  /** Nothing but files that this Python does not look at, or that RECORD lists and nobody shipped. */
  | { readonly kind: 'passed-over'; readonly module: string; readonly files: readonly PassedOver[] }
  | { readonly kind: 'absent'; readonly module: string }
  /** `from typing import override`, which only other Pythons have. */
  | { readonly kind: 'lacked'; readonly module: string; readonly name: string; readonly by: OtherPython }
  /** Written with what only newer Pythons compile. */
  | { readonly kind: 'newer-syntax'; readonly module: string; readonly what: string; readonly by: OtherPython }
  /** A source or library that is there, and has no such name: of another version than who asks for it. */
  | {
      readonly kind: 'unbound'
      readonly module: string
      readonly name: string
      readonly file: string
      readonly isAttribute?: true
    }
  | { readonly kind: 'raised'; readonly exception: string }
  /** What is there is older than the code that asks for it was made for. */
  | { readonly kind: 'outdated'; readonly distribution: string; readonly version: string; readonly oldest: string }
  /** What is there is of a version that who asks for it compares with what it takes. */
  | { readonly kind: 'refused'; readonly distribution: string; readonly version: string; readonly wanted: string }
  /** Compiled against NumPy 1, and `version` is what is there. */
  | { readonly kind: 'other-numpy'; readonly file: string; readonly version: string }
  /** numba finds no folder that it may write to. */
  | { readonly kind: 'no-cache'; readonly module: string }
  /** The metadata of a distribution is asked for, and nothing on Python's path has any. */
  | { readonly kind: 'no-metadata'; readonly distribution: string }

/** An attempt to load a native file as a module or library. */
export type ImportedFile = {
  readonly file: string
  /** False when somebody catches that it cannot be loaded, and goes on. */
  readonly isRequired: boolean
  readonly fails: boolean
  readonly chain: readonly Place[]
  readonly result?: LoadResult
}

/** What `import <module>` does in a fresh process. */
export type ModuleImport = {
  readonly module: string
  /** Nothing catches these: the import fails. */
  readonly failures: readonly ImportFailure[]
  /** These are caught: the module works without something. */
  readonly caught: readonly ImportFailure[]
  readonly files: readonly ImportedFile[]
  readonly open: readonly string[]
}

/** Native files that the failure is about. */
export function filesOf({ cause }: ImportFailure): readonly string[] {
  if (cause.kind === 'load') return [cause.file]
  return cause.kind === 'passed-over' ? cause.files.map(({ path }) => path) : []
}

/** The same of a failure that somebody catches, and not of one that may not come up at all. */
export function guardedFiles(failure: ImportFailure): readonly string[] {
  return failure.unsure === true ? [] : filesOf(failure)
}
