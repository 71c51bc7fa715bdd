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
  const folders = new Map<string, string>()
  // Thousands of files ask for the same few sonames.
  const configured = librariesIn(split(evidence.image?.environment.LD_LIBRARY_PATH))
  const system = librariesIn(systemFolders(architecture))

  return (file, soname) => {
    const own = (file.runpath ?? file.rpath ?? '').replaceAll(ORIGIN, () => posix.dirname(file.path))
    const ours = split(own).flatMap((folder) => library(`${real(folder)}/${soname}`))
    const order = file.runpath === undefined ? [ours, configured(soname)] : [configured(soname), ours]
    return [...new Set([...order.flat(), ...system(soname)])]
  }

  function librariesIn(places: readonly string[]): (soname: string) => readonly ElfFile[] {
    const known = new Map<string, readonly ElfFile[]>()
    return (soname) => {
      const libraries = known.get(soname) ?? places.flatMap((folder) => library(`${real(folder)}/${soname}`))
      known.set(soname, libraries)
      return libraries
    }
  }

  function library(path: string): readonly ElfFile[] {
    const target = tree.entries.get(path)?.type === 'symlink' ? tree.resolve(path)?.path : path
    const file = target === undefined ? undefined : tree.elf.get(target)
    return file !== undefined && nativeness(file, architecture) === 'native' ? [file] : []
  }

  /** The folder with its links followed. */
  function real(folder: string): string {
    const path = folders.get(folder) ?? tree.resolve(folder)?.path ?? posix.normalize(folder)
    folders.set(folder, path)
    return path
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
