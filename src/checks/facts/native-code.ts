import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { nativeness } from './machine.ts'
import { userElf } from './user-elf.ts'
import { userScope } from './user-scope.ts'

const known = new WeakMap<Subject, readonly ElfFile[]>()

/** The user's native files that load shared libraries, and so depend on the system they were built on. */
export function linkedUserCode(subject: Subject): readonly ElfFile[] {
  const files = known.get(subject) ?? search(subject)
  known.set(subject, files)
  return files
}

function search(subject: Subject): readonly ElfFile[] {
  const scope = userScope(subject)
  return userElf(subject).filter(
    (file) =>
      file.needed.length > 0 && scope.adds(file.path) && nativeness(file, subject.plan.architecture) === 'native',
  )
}
