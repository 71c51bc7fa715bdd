import { posix } from 'node:path'
import type { ElfFile } from '../../inspect/evidence.ts'
import type { LoadResult } from '../../loader/load-result.ts'
import type { Subject } from '../check.ts'
import type { NativeLoad } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { loadFile } from './load-file.ts'
import { userNativeFiles } from './user-files.ts'

/**
 * The user's native files that nothing was seen to load: `taken` are those that something loads. Libraries that others
 * of them need are judged through these, as private libraries are found through the search path of who needs them.
 */
export function otherLoads(subject: Subject, view: RuntimeView, taken: ReadonlySet<string>): readonly NativeLoad[] {
  const files = [...userNativeFiles(subject).values()].filter(({ path }) => !taken.has(path))
  const needed = new Set(files.flatMap((file) => file.needed))
  const isNeeded = (file: ElfFile): boolean => needed.has(file.soname ?? posix.basename(file.path))
  const covered = new Set<string>()
  const loads: NativeLoad[] = []
  for (const file of [...files.filter((one) => !isNeeded(one)), ...files.filter(isNeeded)]) {
    if (covered.has(file.path)) continue
    const result = loadFile(file, view, subject.plan.architecture)
    for (const path of closure(result)) covered.add(path)
    loads.push({ file, by: 'other', need: 'unused', because: 'nothing was seen to load it', result })
  }
  return loads
}

/** Paths of what a load draws in, without its root. */
export function closure({ root, objects }: LoadResult): readonly string[] {
  return objects.map(({ file }) => file.path).filter((path) => path !== root.path)
}
