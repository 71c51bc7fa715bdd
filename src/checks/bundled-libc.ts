import { posix } from 'node:path'
import type { ElfFile } from '../inspect/evidence.ts'
import type { LoadedObject } from '../loader/load-result.ts'
import type { Check, Finding, Subject } from './check.ts'
import { commonFolder, examplesOf } from './facts/examples.ts'
import { nativeness } from './facts/machine.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, shellWord } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { hostProcess } from './native/host-process.ts'
import { sizeOf } from './native/size-of.ts'
import { isGlibc } from './native/target-system.ts'
import { userNativeFiles } from './native/user-files.ts'

const ID = 'bundled-libc'

export const bundledLibc: Check = {
  id: ID,
  title: 'The artifact leaves the C library to the system',
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)) }
  },
}

/** Names that are glibc's own, and those of GCC's run time; private copies have other names (`libgcc_s-0f3a.so.1`). */
function isBundled(file: ElfFile): boolean {
  const name = posix.basename(file.path)
  return isGlibc(name) || COMPILER.test(name) || (file.soname !== undefined && isGlibc(file.soname))
}

const COMPILER = /^(?:libstdc\+\+\.so\.6|libgcc_s\.so\.1)$/

function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  const files = [...userNativeFiles(subject).values()].filter(
    (file) => isBundled(file) && nativeness(file, subject.plan.architecture) === 'native' && !isSystemFolder(file.path),
  )
  if (files.length === 0) return []
  const picked = pickedPaths(subject, view)
  const harmful = files.filter(({ path }) => picked.required.has(path) && !COMPILER.test(posix.basename(path)))
  const used = files.filter(({ path }) => picked.any.has(path) && !harmful.some((file) => file.path === path))
  const idle = files.filter((file) => !harmful.includes(file) && !used.includes(file))
  return [
    ...(harmful.length === 0 ? [] : [taken(harmful, subject, view)]),
    // A newer libstdc++ that a program brings with a search path of its own does what it is meant to.
    ...(used.some(({ path }) => isGlibc(posix.basename(path))) ? [mixed(used, subject)] : []),
    ...(idle.length === 0 ? [] : [ignored(idle, subject)]),
  ]
}

/** Where the system itself keeps them, the user replaced the system's by a package of it. */
function isSystemFolder(path: string): boolean {
  return /^\/(?:usr\/)?lib(?:64|32)?\//.test(path)
}

function pickedPaths(subject: Subject, view: RuntimeView) {
  const host = hostProcess(view, subject.plan.architecture).process.loaded
  const loads = nativeLoads(subject, view)
  const required = [...host, ...loads.filter(({ need }) => need === 'required').flatMap(objectsOf)]
  return { required: paths(required), any: paths([...required, ...loads.flatMap(objectsOf)]) }
}

/** What a load draws in; a program that names a loader of its own brings a whole C library, which fits together. */
function objectsOf({ file, result }: NativeLoad): readonly LoadedObject[] {
  if (file.interpreter !== undefined && !isSystemFolder(file.interpreter)) return []
  return result.objects.filter((object) => object.file !== file)
}

function paths(objects: readonly LoadedObject[]): ReadonlySet<string> {
  return new Set(objects.map(({ file }) => file.path))
}

function taken(files: readonly ElfFile[], subject: Subject, view: RuntimeView): Finding {
  const listed = facts(files)
  return {
    ...listed,
    level: 'error',
    confidence: view.confidence,
    message: `${listed.actual} of the ${subject.plan.kind} ${files.length === 1 ? 'is' : 'are'} loaded instead of the system's: parts of two C libraries do not work in one process`,
    help: `Leave the C library out: the system that runs the function has one.\n${removal(files, subject)}`,
  }
}

function mixed(files: readonly ElfFile[], subject: Subject): Finding {
  const listed = facts(files)
  return {
    ...listed,
    level: 'warning',
    confidence: 'heuristic',
    message: `${listed.actual} of the ${subject.plan.kind} would be loaded instead of the system's by files that nothing needs for certain`,
    help: `Leave the C library out: the system that runs the function has one.\n${removal(files, subject)}`,
  }
}

function ignored(files: readonly ElfFile[], subject: Subject): Finding {
  const listed = facts(files)
  return {
    ...listed,
    level: 'note',
    confidence: 'proven',
    message: `${listed.actual} in ${code(listed.subject)} ${files.length === 1 ? 'has' : 'have'} no effect: the loader takes the system's first`,
    help: `Nothing breaks; leaving ${files.length === 1 ? 'it' : 'them'} out makes the ${subject.plan.kind} smaller.\n${removal(files, subject)}`,
    bytes: sizeOf(files, subject),
  }
}

function facts(files: readonly ElfFile[]) {
  const listed = files.map(({ path }) => path)
  const names = [...new Set(listed.map((path) => posix.basename(path)))].sort()
  return {
    rule: ID,
    subject: commonFolder(listed),
    expected: "the system's C library",
    actual: names.slice(0, 5).map(code).join(', '),
    ...examplesOf(listed),
  } as const
}

function removal(files: readonly ElfFile[], { plan }: Subject): string {
  const words = files
    .slice(0, 5)
    .map(({ path }) => shellWord(plan.kind === 'layer' ? path.replace(/^\/opt\//, '') : path))
  return `${plan.kind === 'image' ? 'RUN ' : ''}rm ${words.join(' ')}`
}
