import type { ElfFile } from '../../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../../lambda/architecture.ts'
import { type LoaderProcess, loadInto } from '../../loader/load.ts'
import { failsToLoad, type LoadResult } from '../../loader/load-result.ts'

/** `fails` counts undefined symbols: Python asks for all of them at once (RTLD_NOW). `process`: who goes on from it. */
export type NativeAttempt = { readonly result: LoadResult; readonly fails: boolean; readonly process: LoaderProcess }

/** `dlopen`, as the interpreter calls it. */
export type NativeAttempts = {
  /** Of a file. */
  load(process: LoaderProcess, file: ElfFile): NativeAttempt
  /** By names that the loader looks for, as the module at `path` asks for them. */
  loadNamed(process: LoaderProcess, path: string, sonames: readonly string[]): NativeAttempt
}

/** The same file in the same process is tried once. */
export function nativeAttempts(architecture: Architecture): NativeAttempts {
  const attempts = new WeakMap<LoaderProcess, Map<ElfFile, NativeAttempt>>()
  return {
    load(before, file) {
      let known = attempts.get(before)
      if (known === undefined) {
        known = new Map<ElfFile, NativeAttempt>()
        attempts.set(before, known)
      }
      let attempt = known.get(file)
      if (attempt === undefined) {
        attempt = attemptOf(before, file)
        known.set(file, attempt)
      }
      return attempt
    },
    loadNamed: (before, path, needed) =>
      attemptOf(before, { ...NAMELESS, machine: architectureRow(architecture).elfMachine, path, needed }),
  }
}

/** Stands for a module that opens libraries. */
const NAMELESS = {
  class: 64,
  littleEndian: true,
  osAbi: 0,
  type: 3,
  versionsNeeded: [],
  versionsDefined: [],
} as const satisfies Partial<ElfFile>

function attemptOf(before: LoaderProcess, file: ElfFile): NativeAttempt {
  const loaded = loadInto(before, file)
  const { result } = loaded
  const fails = failsToLoad(result) || result.undefinedSymbols.length > 0
  return {
    result,
    fails,
    // Put together when somebody goes on from it: who only asks whether a file can be loaded does not.
    get process() {
      return fails ? before : loaded.process
    },
  }
}
