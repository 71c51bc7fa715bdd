import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { nativeness } from '../facts/machine.ts'
import type { NativeLoad } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { isGlibc, isMuslLibc, targetSystem } from './target-system.ts'

/**
 * True when a file of the right processor cannot be loaded because it was linked for another C library or system. A
 * system may hold both (musl's loader on Debian, gcompat on Alpine): only what is missing there counts.
 */
export function otherSystem({ file, result }: NativeLoad, subject: Subject, view: RuntimeView): boolean {
  if (nativeness(file, subject.plan.architecture) !== 'native') return false
  const family = view.libc?.family
  const system = targetSystem(file)
  if (family === undefined || system === family || system === 'any') return false
  if (system === 'android' || system === 'bsd' || system === 'solaris') return true
  if (file.interpreter !== undefined && view.tree.resolve(file.interpreter) === undefined) return true
  // Without the runtime's files nothing is found missing, and Amazon Linux has no musl.
  if (view.confidence === 'table') return true
  return result.missing.some(({ soname, neededBy }) => neededBy === file && isOfOther(soname, family))
}

/** True for an object of a closure that wants the other C library: the root's own finding says so. */
export function wantsOtherLibc(file: ElfFile, soname: string, view: RuntimeView): boolean {
  const family = view.libc?.family
  const system = targetSystem(file)
  return family !== undefined && system !== 'any' && system !== family && isOfOther(soname, family)
}

function isOfOther(soname: string, family: 'glibc' | 'musl'): boolean {
  return family === 'glibc' ? isMuslLibc(soname) : isGlibc(soname)
}
