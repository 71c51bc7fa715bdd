import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { imageTree } from '../facts/image-tree.ts'
import { nativeness } from '../facts/machine.ts'
import { startProgram } from '../facts/start-program.ts'
import { userScope } from '../facts/user-scope.ts'

const known = new WeakMap<Subject, ReadonlyMap<string, ElfFile>>()

/** The user's programs and shared libraries by path, for whatever processor; data in ELF's clothes is left out. */
export function userNativeFiles(subject: Subject): ReadonlyMap<string, ElfFile> {
  const files = known.get(subject) ?? new Map(search(subject).map((file) => [file.path, file]))
  known.set(subject, files)
  return files
}

function search(subject: Subject): readonly ElfFile[] {
  const scope = userScope(subject)
  const { entries } = imageTree(subject.artifact)
  // A program that is started is the user's wherever it lies, unless the base has it.
  const started = startProgram(subject.artifact)?.file?.path
  return subject.artifact.elf.filter((file) => {
    if (nativeness(file, subject.plan.architecture) === 'data') return false
    if (file.path === started) return !scope.isOfBase(file.path)
    const entry = entries.get(file.path)
    return entry !== undefined && scope.contains(entry)
  })
}
