import type { ElfFile } from '../../inspect/evidence.ts'
import type { Architecture } from '../../lambda/architecture.ts'
import { loadInto, startProcess } from '../../loader/load.ts'
import type { LoadResult } from '../../loader/load-result.ts'
import { nativeness } from '../facts/machine.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { hostProcess } from './host-process.ts'

const EXECUTABLE = 2

/** True for what is started as a process of its own; libraries that may also be run (`libc.so.6`) are libraries. */
export function isProgram(file: ElfFile): boolean {
  if (/\.(?:so|node)(?:\.|$)/.test(file.path)) return false
  return file.type === EXECUTABLE || file.interpreter !== undefined
}

/** What comes of one file alone: a program as a process of its own, a library in the process of the language. */
export function loadFile(file: ElfFile, view: RuntimeView, architecture: Architecture): LoadResult {
  const nothing = { root: file, objects: [], missing: [], unmet: [], undefinedSymbols: [], open: [] }
  // The loader refuses it before it looks at anything else.
  if (nativeness(file, architecture) !== 'native') return nothing
  const { system, process } = hostProcess(view, architecture)
  if (isProgram(file)) return startProcess(system, file).result ?? nothing
  return loadInto(process, file).result
}
