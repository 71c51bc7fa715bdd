import type { ElfFile } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { imageTree } from './facts/image-tree.ts'
import { nativeness } from './facts/machine.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import { owners } from './facts/owners.ts'
import { shippedName } from './facts/program-remedy.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, counted, shellWord } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { causeKey, nameFiles } from './native/package-of.ts'

const ID = 'absolute-rpath'

/** A file of the user's and the folders of another machine that it tells the loader to search. */
type Foreign = { readonly file: ElfFile; readonly folders: readonly string[]; readonly lacks: readonly string[] }

export const absoluteRpath: Check = {
  id: ID,
  title: 'Search paths in native files lead somewhere',
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  // Only a runtime whose files were read can lack a folder.
  if (view.confidence === 'table') return []
  const loads = nativeLoads(subject, view).filter(({ need }) => need !== 'unused')
  const foreign = objectsOf(loads, subject).flatMap((file): Foreign[] => {
    const folders = foreignFolders(file, view)
    return folders.length === 0 ? [] : [{ file, folders, lacks: missingOf(file, loads) }]
  })
  const ownerOf = owners(subject.artifact)
  const harmful = groupBy(
    foreign.filter(({ lacks }) => lacks.length > 0),
    ({ file }) => causeKey(file.path, ownerOf(file.path)),
  )
  const harmless = foreign.filter(({ lacks }) => lacks.length === 0)
  return [
    ...[...harmful.values()].map((files) => broken(files, subject)),
    ...(harmless.length === 0 ? [] : [note(harmless)]),
  ]
}

/** Of thousands few have search paths at all. */
function objectsOf(loads: readonly NativeLoad[], { artifact, plan }: Subject): readonly ElfFile[] {
  const { elf } = imageTree(artifact)
  const isSearching = ({ rpath, runpath }: ElfFile): boolean => (runpath ?? rpath) !== undefined
  const found = new Set<ElfFile>()
  for (const { file, result } of loads) {
    if (isSearching(file)) found.add(file)
    for (const object of result.objects) if (isSearching(object.file)) found.add(object.file)
  }
  return [...found].filter((file) => elf.get(file.path) === file && nativeness(file, plan.architecture) === 'native')
}

/** Absolute entries that the running system does not have; the loader ignores RPATH beside RUNPATH. */
function foreignFolders({ rpath, runpath }: ElfFile, { tree }: RuntimeView): readonly string[] {
  const folders = (runpath ?? rpath ?? '').split(/[:;]/).filter((folder) => folder.startsWith('/'))
  return [...new Set(folders)].filter((folder) => tree.resolve(folder) === undefined)
}

function missingOf(file: ElfFile, loads: readonly NativeLoad[]): readonly string[] {
  return loads.flatMap(({ result }) =>
    result.missing.flatMap(({ neededBy, soname }) => (neededBy === file ? [soname] : [])),
  )
}

function broken(files: readonly Foreign[], subject: Subject): Finding {
  const paths = files.map(({ file }) => file.path)
  const { what, ...name } = nameFiles(paths, owners(subject.artifact)(paths[0] ?? ''))
  const folders = foldersOf(files)
  const lacks = [...new Set(files.flatMap((one) => one.lacks))].sort()
  return {
    rule: ID,
    ...name,
    level: 'warning',
    confidence: 'proven',
    message: `${what} ${paths.length === 1 ? 'looks' : 'look'} for ${lacks.slice(0, 5).map(code).join(', ')} in ${folders}: folders of the machine that built ${paths.length === 1 ? 'it' : 'them'}`,
    expected: `search paths like ${code('$ORIGIN/../lib')}`,
    actual: folders,
    help: `Put the libraries beside the file and name their folder from the file's own.\npatchelf --set-rpath '$ORIGIN/../lib' ${paths.length === 1 ? shellWord(shippedName(paths[0] ?? '')) : '<file>'}`,
    ...examplesOf(paths),
  }
}

function note(files: readonly Foreign[]): Finding {
  const paths = files.map(({ file }) => file.path)
  const folders = foldersOf(files)
  return {
    rule: ID,
    level: 'note',
    confidence: 'proven',
    subject: commonFolder(paths),
    message: `${counted(paths.length, 'native file')} ${paths.length === 1 ? 'names' : 'name'} folders of the machine that built ${paths.length === 1 ? 'it' : 'them'} (${folders}); everything needed is found without them`,
    actual: folders,
    help: `Nothing has to be done; a file that appears there later would be taken.\npatchelf --remove-rpath ${paths.length === 1 ? shellWord(shippedName(paths[0] ?? '')) : '<file>'}`,
    ...examplesOf(paths),
  }
}

function foldersOf(files: readonly Foreign[]): string {
  const folders = [...new Set(files.flatMap((one) => one.folders))].sort()
  const more = folders.length > 3 ? ` and ${folders.length - 3} more` : ''
  return `${folders.slice(0, 3).map(code).join(', ')}${more}`
}
