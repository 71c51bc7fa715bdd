import { posix } from 'node:path'
import type { ElfFile } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { nativeness } from './facts/machine.ts'
import { nativeLoads } from './facts/native-loads.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { libraryAt, libraryPath } from './native/library-path.ts'
import { isProgram } from './native/load-file.ts'
import { difference } from './native/same-library.ts'
import { isGlibc } from './native/target-system.ts'
import { userNativeFiles } from './native/user-files.ts'

const ID = 'shadowed-library'

/** Two libraries of one name in folders that are searched: `winner` is always taken. One of them is the user's. */
type Shadow = {
  readonly soname: string
  readonly winner: ElfFile
  readonly loser: ElfFile
  readonly differs: string
  readonly isUsed: boolean
}

export const shadowedLibrary: Check = {
  id: ID,
  title: 'No library hides another of its name',
  appliesTo: () => true,
  run(subject) {
    return {
      findings: acrossRuntimes(subject, (view) => shadows(subject, view).map((shadow) => finding(shadow, subject))),
    }
  },
}

function shadows(subject: Subject, view: RuntimeView): readonly Shadow[] {
  const files = userNativeFiles(subject)
  const folders = libraryPath(view)
  const sonames = new Set<string>()
  for (const file of files.values()) {
    if (isProgram(file) || nativeness(file, subject.plan.architecture) !== 'native') continue
    if (folders.includes(posix.dirname(file.path))) sonames.add(file.soname ?? posix.basename(file.path))
  }
  const loads = nativeLoads(subject, view)
  const needed = new Set([...files.values()].flatMap((file) => file.needed))
  // Whose versions do not fit has a finding of its own, which names the library that is taken.
  const explained = new Set(loads.flatMap(({ result }) => result.unmet.map(({ provider }) => provider.path)))
  return [...sonames].sort().flatMap((soname): Shadow[] => {
    if (isGlibc(soname) || COMPILER.test(soname)) return []
    const found = folders.flatMap((folder) => libraryAt(folder, soname, view) ?? [])
    const [winner, loser] = [...new Set(found)].filter(
      (file) => nativeness(file, subject.plan.architecture) === 'native',
    )
    if (winner === undefined || loser === undefined || explained.has(winner.path)) return []
    if (!files.has(winner.path) && !files.has(loser.path)) return []
    const differs = difference(winner, loser, view.tree)
    return differs === undefined ? [] : [{ soname, winner, loser, differs, isUsed: needed.has(soname) }]
  })
}

// bundled-libc speaks of these.
const COMPILER = /^(?:libstdc\+\+\.so\.6|libgcc_s\.so\.1)$/

function finding({ soname, winner, loser, differs, isUsed }: Shadow, subject: Subject): Finding {
  const isIgnored = userNativeFiles(subject).has(loser.path)
  const effect = isIgnored
    ? `the copy at ${code(loser.path)} has no effect`
    : `it hides ${code(loser.path)} from everything`
  return {
    rule: ID,
    level: isUsed ? 'warning' : 'note',
    confidence: 'heuristic',
    subject: isIgnored ? loser.path : winner.path,
    message: `${code(soname)} is taken from ${code(winner.path)}, which is searched first: ${effect} (${differs})`,
    expected: `one ${code(soname)} in the folders of LD_LIBRARY_PATH`,
    actual: `${code(winner.path)} before ${code(loser.path)}`,
    help: isIgnored
      ? `Leave it out when the system's is good enough; else give it to the one program that needs it by a search path of its own (RPATH, which comes before LD_LIBRARY_PATH).\npatchelf --force-rpath --set-rpath '${posix.dirname(loser.path)}' <file that needs it>`
      : `Move it out of the folders that every process searches, and give it to the one program that needs it by RPATH.\npatchelf --force-rpath --set-rpath '$ORIGIN/../private' <file that needs it>`,
    count: 1,
    examples: [winner.path, loser.path],
  }
}
