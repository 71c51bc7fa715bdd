import type { ElfFile } from '../../inspect/evidence.ts'
import type { Architecture } from '../../lambda/architecture.ts'
import { loadInto, startProcess } from '../../loader/load.ts'
import type { LoadResult } from '../../loader/load-result.ts'
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
  const { system, process } = hostProcess(view, architecture)
  const started = isProgram(file) ? startProcess(system, file).result : undefined
  return started ?? loadInto(process, file).result
}
