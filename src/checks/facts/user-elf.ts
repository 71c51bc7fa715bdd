import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { userScope } from './user-scope.ts'

const known = new WeakMap<Subject, readonly ElfFile[]>()

/** The user's own of the artifact's ELF files, whatever they are: of thousands that a system has few. */
export function userElf(subject: Subject): readonly ElfFile[] {
  const { contains } = userScope(subject)
  const files = known.get(subject) ?? subject.artifact.elf.filter(({ path }) => contains(path))
  known.set(subject, files)
  return files
}
