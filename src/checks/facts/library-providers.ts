import { posix } from 'node:path'
import type { ElfFile, Evidence } from '../../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../../lambda/architecture.ts'
import { imageTree } from './image-tree.ts'
import { nativeness } from './machine.ts'

/** Libraries of the image that may answer for a soname, in the order in which the loader would meet them. */
export type LibraryProviders = (file: ElfFile, soname: string) => readonly ElfFile[]

/**
 * Looks libraries up by file name as ld.so(8) does: DT_RPATH (without DT_RUNPATH), LD_LIBRARY_PATH, DT_RUNPATH, system
 * folders; only those of the right processor. Search paths inherited from the object that loads a file, and what the
 * process holds already, are not known here: several answers mean that the order decides.
 */
export function libraryProviders(evidence: Evidence, architecture: Architecture): LibraryProviders {
  const tree = imageTree(evidence)
  const configured = split(evidence.image?.environment.LD_LIBRARY_PATH)
  const system = systemFolders(architecture)
  const known = new Map<string, readonly ElfFile[]>()
  return (file, soname) => {
    const own = file.runpath ?? file.rpath
    const key = own === undefined ? soname : `${posix.dirname(file.path)}\n${own}\n${soname}`
    const found = known.get(key) ?? search(folders(file), soname)
    known.set(key, found)
    return found
  }

  function folders(file: ElfFile): readonly string[] {
    const origin = posix.dirname(file.path)
    const expand = (path = '') => split(path.replaceAll(ORIGIN, () => origin))
    return file.runpath === undefined
      ? [...expand(file.rpath), ...configured, ...system]
      : [...configured, ...expand(file.runpath), ...system]
  }

  function search(places: readonly string[], soname: string): readonly ElfFile[] {
    const paths = places.map((folder) => tree.resolve(posix.join(folder, soname))?.path)
    const unique = [...new Set(paths)]
    return unique.flatMap((path) => {
      const library = path === undefined ? undefined : tree.elf.get(path)
      return library !== undefined && nativeness(library, architecture) === 'native' ? [library] : []
    })
  }
}

// Written either way; $LIB and $PLATFORM name folders that no image here has.
const ORIGIN = /\$(?:\{ORIGIN\}|ORIGIN)/g

/** Default folders of glibc on Red Hat's and Debian's systems, and those of Debian's /etc/ld.so.conf.d. */
function systemFolders(architecture: Architecture): readonly string[] {
  const { debian } = architectureRow(architecture)
  return [
    '/lib64',
    '/usr/lib64',
    '/usr/local/lib',
    `/lib/${debian}`,
    `/usr/lib/${debian}`,
    '/lib',
    '/usr/lib',
    '/usr/local/lib64',
  ]
}

function split(path = ''): readonly string[] {
  return path.split(':').filter((folder) => folder.startsWith('/'))
}
