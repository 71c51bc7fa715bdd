import { posix } from 'node:path'
import type { ElfFile } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { groupBy } from './facts/examples.ts'
import { nativeness } from './facts/machine.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import { owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, counted, shellWord } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { libraryAt } from './native/library-path.ts'
import { difference } from './native/same-library.ts'
import { userNativeFiles } from './native/user-files.ts'

const ID = 'runpath-shadowed'

/** `object` names a folder of its own for a library, and gets another one of that name. */
type Shadow = { readonly object: ElfFile; readonly meant: ElfFile; readonly taken: ElfFile; readonly differs: string }

export const runpathShadowed: Check = {
  id: ID,
  title: 'Libraries come from where RUNPATH says',
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  const files = userNativeFiles(subject)
  const seen = new Map<string, Shadow>()
  for (const load of nativeLoads(subject, view)) {
    // A load that fails has a finding that says what it got.
    if (load.need === 'unused' || load.result.unmet.length > 0 || load.result.missing.length > 0) continue
    for (const shadow of shadows(load, files, subject, view))
      seen.set(`${shadow.object.path} ${shadow.taken.path}`, shadow)
  }
  const causes = groupBy([...seen.values()], ({ meant, taken }) => `${meant.path} ${taken.path}`)
  return [...causes.values()].map((same) => finding(same, subject))
}

function shadows(
  { result }: NativeLoad,
  files: ReadonlyMap<string, ElfFile>,
  { plan }: Subject,
  view: RuntimeView,
): readonly Shadow[] {
  return result.objects.flatMap(({ file: taken, by, how }): Shadow[] => {
    const object = files.get(by ?? '')
    if (how !== 'library-path' || object?.runpath === undefined) return []
    const soname = object.needed.find((name) => name === taken.soname || name === posix.basename(taken.path))
    if (soname === undefined) return []
    const meant = ownFolders(object).flatMap((folder) => libraryAt(folder, soname, view) ?? [])[0]
    if (meant === undefined || meant === taken || nativeness(meant, plan.architecture) !== 'native') return []
    const differs = difference(taken, meant, view.tree)
    return differs === undefined ? [] : [{ object, meant, taken, differs }]
  })
}

const ORIGIN = /\$(?:\{ORIGIN\}|ORIGIN)/g

function ownFolders({ path, runpath = '' }: ElfFile): readonly string[] {
  return runpath
    .split(/[:;]/)
    .map((folder) => posix.normalize(folder.replaceAll(ORIGIN, () => posix.dirname(path))))
    .filter((folder) => folder.startsWith('/'))
}

function finding(same: readonly Shadow[], subject: Subject): Finding {
  const [first] = same
  const object = first?.object.path ?? ''
  const [meant, taken] = [first?.meant.path ?? '', first?.taken.path ?? '']
  const owner = owners(subject.artifact)(object)
  const needs = same.length === 1 ? code(object) : `${counted(same.length, 'native file')} like ${code(object)}`
  return {
    rule: ID,
    level: 'warning',
    confidence: 'heuristic',
    subject: object,
    ...(owner === undefined ? {} : { owner: owner.purl }),
    message: `${needs} ${same.length === 1 ? 'brings' : 'bring'} ${code(meant)} and ${same.length === 1 ? 'gets' : 'get'} ${code(taken)}: LD_LIBRARY_PATH is searched before RUNPATH (${first?.differs ?? 'they differ'})`,
    expected: code(meant),
    actual: code(taken),
    help: `Turn its RUNPATH into RPATH, which is searched before LD_LIBRARY_PATH.\npatchelf --force-rpath --set-rpath ${shellWord(first?.object.runpath ?? '$ORIGIN')} ${shellWord(object)}`,
    count: same.length,
    examples: same.slice(0, 5).map(({ object: { path } }) => path),
  }
}
