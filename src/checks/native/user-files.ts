import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { imageTree } from '../facts/image-tree.ts'
import { nativeness } from '../facts/machine.ts'
import { startProgram } from '../facts/start-program.ts'
import { userElf } from '../facts/user-elf.ts'
import { userScope } from '../facts/user-scope.ts'

const known = new WeakMap<Subject, ReadonlyMap<string, ElfFile>>()

/** The user's programs and shared libraries by path, for whatever processor; data in ELF's clothes is left out. */
export function userNativeFiles(subject: Subject): ReadonlyMap<string, ElfFile> {
  const files = known.get(subject) ?? new Map(search(subject).map((file) => [file.path, file]))
  known.set(subject, files)
  return files
}

function search(subject: Subject): readonly ElfFile[] {
  const { isOfBase } = userScope(subject)
  // A program that is started is the user's wherever it lies, unless the base has it.
  const path = startProgram(subject.artifact)?.file?.path ?? ''
  const started = imageTree(subject.artifact).elf.get(path)
  const others = userElf(subject).filter((file) => file !== started)
  return [...(started === undefined || isOfBase(path) ? [] : [started]), ...others].filter(
    (file) => nativeness(file, subject.plan.architecture) !== 'data',
  )
}
