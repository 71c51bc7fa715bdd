import type { ElfFile } from '../inspect/evidence.ts'
import type { LoadedObject, LoadResult } from './load-result.ts'
import type { LoaderSystem } from './loader-system.ts'

/** A running process as the loader sees it: immutable, a load gives the next one. */
export type LoaderProcess = { readonly system: LoaderSystem; readonly loaded: readonly LoadedObject[] }

/** The process of a program (`/var/lang/bin/node`), with everything that it is linked with. */
export function startProcess(
  system: LoaderSystem,
  program: ElfFile | undefined,
): { readonly process: LoaderProcess; readonly result?: LoadResult } {
  if (program === undefined) return { process: { system, loaded: [] } }
  const { process, result } = loadInto({ system, loaded: [] }, program)
  return { process, result }
}

/** `dlopen` of one file. A load that fails leaves the process as it was. */
export function loadInto(
  process: LoaderProcess,
  root: ElfFile,
): { readonly process: LoaderProcess; readonly result: LoadResult } {
  return { process, result: { root, objects: [], missing: [], unmet: [], undefinedSymbols: [], open: [] } }
}
