import type { RuntimeView } from '../checks/facts/runtime-view.ts'
import type { ElfFile, FileEntry } from '../inspect/evidence.ts'
import type { Architecture } from '../lambda/architecture.ts'
import { type Acceptance, acceptance } from './acceptance.ts'
import { tableLibraries } from './table-libraries.ts'

/** A file that a search comes upon. `skip`: it goes on; `fail`: the loader gives up here, whatever lies further on. */
export type Candidate = {
  /** Where it was found, links not followed. */
  readonly path: string
  /** Where its content is: one object however many names lead to it. */
  readonly identity: string
  readonly file?: ElfFile
  readonly acceptance: Acceptance
}

/** A folder of a search with its links followed once. */
export type LibraryFolder = {
  /** As written, tokens expanded. */
  readonly path: string
  /** The file of a name, also in the subfolders for newer processors; first one that does not say `skip`. */
  find(name: string): Candidate | undefined
}

export type LibraryFolders = {
  at(path: string): LibraryFolder
  /** A file by its whole path. */
  file(path: string): Candidate | undefined
}

/** Subfolders that glibc looks into first (glibc-hwcaps; the older scheme up to 2.36). Lambda's processors have AVX2. */
const SUBFOLDERS: Readonly<Record<Architecture, readonly string[]>> = {
  x86_64: [
    ...['glibc-hwcaps/x86-64-v3', 'glibc-hwcaps/x86-64-v2'],
    ...['tls/haswell/x86_64', 'tls/haswell', 'tls/x86_64', 'tls', 'haswell/x86_64', 'haswell', 'x86_64'],
  ],
  arm64: ['tls/aarch64', 'tls', 'aarch64'],
}

/** The view's files as the loader asks for them. Of an unread runtime, its system folders answer for what our table knows. */
export function libraryFolders(view: RuntimeView, architecture: Architecture, libc: 'glibc' | 'musl'): LibraryFolders {
  const { tree } = view
  const folders = new Map<string, LibraryFolder>()
  const files = new Map<string, Candidate | undefined>()
  const table = tableLibraries(view, architecture)
  const subfolders = libc === 'musl' ? [] : SUBFOLDERS[architecture]

  return { at: folderAt, file: fileAt }

  function folderAt(path: string): LibraryFolder {
    const known = folders.get(path)
    if (known !== undefined) return known
    const real = realFolder(path)
    // One look into the folder answers for all spellings that lead there.
    const folder = { path, find: real === undefined ? () => undefined : search(path, real) }
    folders.set(path, folder)
    return folder
  }

  function realFolder(path: string): string | undefined {
    if (table.has(path)) return path
    // Also a folder without an entry of its own, as in a zip that lists files only.
    const place = tree.follow(path)
    return place === '/' ? '' : place
  }

  function search(path: string, real: string): LibraryFolder['find'] {
    const found = new Map<string, Candidate | undefined>()
    const places = [
      ...subfolders.filter((name) => tree.entries.has(`${real}/${name}`)).map((name) => `/${name}`),
      '',
    ].map((subfolder) => ({ as: `${path === '/' ? '' : path}${subfolder}/`, in: `${real}${subfolder}/` }))
    return (name) => {
      const known = found.get(name)
      if (known !== undefined || found.has(name)) return known
      let first: Candidate | undefined
      for (const place of places) {
        const candidate = inTree(place.as + name, place.in + name) ?? table.get(path)?.(name)
        first ??= candidate
        if (candidate === undefined || candidate.acceptance.verdict === 'skip') continue
        first = candidate
        break
      }
      found.set(name, first)
      return first
    }
  }

  function fileAt(path: string): Candidate | undefined {
    if (files.has(path)) return files.get(path)
    const entry = tree.resolve(path)
    const candidate = entry === undefined ? undefined : judged(path, entry)
    files.set(path, candidate)
    return candidate
  }

  function inTree(path: string, real: string): Candidate | undefined {
    const entry = tree.entries.get(real)
    if (entry === undefined) return undefined
    const target = entry.type === 'symlink' ? tree.resolve(real) : entry
    return target === undefined ? undefined : judged(path, target)
  }

  function judged(path: string, entry: FileEntry): Candidate {
    const file = tree.elf.get(entry.path)
    const identity = entry.type === 'hardlink' && entry.link !== undefined ? entry.link : entry.path
    return {
      path,
      identity,
      ...(file === undefined ? {} : { file }),
      acceptance: acceptance(entry, file, architecture, libc),
    }
  }
}
