import type { FileEntry } from './evidence.ts'

const OTHERS_READ = 0o4
const OTHERS_ENTER = 0o1

/**
 * What single rules look for among all files, however many: told apart while files are read. When the rules begin, the
 * 80,000 of an image are in no cache of the processor any more, and a walk over them takes longer than most rules do.
 */
export type SoughtFiles = {
  /** Files of that kind in the order in which they were read. */
  sought(kind: SoughtKind): readonly FileEntry[]
}

export type SoughtKind =
  | 'links'
  /** Sockets, pipes, devices. */
  | 'special'
  /** Folders that others may not enter. */
  | 'closedFolders'
  /** Where Python's packages are installed. */
  | 'packageFolders'
  /** Files that others may not read; of a hard link its other name tells. */
  | 'closedFiles'
  /** By their endings Python's extension modules, or libraries. */
  | 'modules'
  /** Likely runtime interface clients and custom runtimes. */
  | 'clients'
  | 'prismaEngines'
  | 'dotnetFrameworks'
  | 'dotnetNatives'

export function growingSought(): SoughtFiles & { add(entry: FileEntry): void } {
  const files = new Map<SoughtKind, FileEntry[]>()
  return {
    sought: (kind) => files.get(kind) ?? [],
    add(entry) {
      const { type, mode, path } = entry
      if (type === 'directory') {
        if ((mode & OTHERS_ENTER) === 0) put('closedFolders', entry)
        if (path.endsWith('/site-packages') || path.endsWith('/dist-packages')) put('packageFolders', entry)
      } else {
        if (type === 'hardlink' || (mode & OTHERS_READ) === 0) put('closedFiles', entry)
        if (type === 'symlink') put('links', entry)
        else if (type === 'other') put('special', entry)
        if (path.endsWith('.so') || path.endsWith('.pyd')) put('modules', entry)
        if (isClient(path)) put('clients', entry)
        if (path.includes('engine-')) put('prismaEngines', entry)
      }
      if (path.includes('/shared/Microsoft.NETCore.App/')) put('dotnetFrameworks', entry)
      if (path.includes('/native/') && path.includes('/runtimes/')) put('dotnetNatives', entry)
    },
  }

  function put(kind: SoughtKind, entry: FileEntry): void {
    const same = files.get(kind)
    if (same === undefined) files.set(kind, [entry])
    else same.push(entry)
  }
}

/** By what the names of checks/facts/runtime-clients.ts have in common. */
function isClient(path: string): boolean {
  return (
    path.includes('ambda') ||
    path.includes('function-a') ||
    path.endsWith('/bootstrap') ||
    path.startsWith('/var/runtime/')
  )
}

/** The same of a list, when it is first asked for. */
export function soughtFiles(files: readonly FileEntry[]): SoughtFiles {
  let known: SoughtFiles | undefined
  return {
    sought(kind) {
      known ??= soughtIn(files)
      return known.sought(kind)
    },
  }
}

function soughtIn(files: readonly FileEntry[]): SoughtFiles {
  const found = growingSought()
  for (const entry of files) found.add(entry)
  return found
}

/** Files of `below` that are not replaced, and those of `over`. */
export function mergedSought(
  over: SoughtFiles,
  below: SoughtFiles,
  isReplaced: (path: string) => boolean,
): SoughtFiles {
  return {
    sought: (kind) => [...below.sought(kind).filter(({ path }) => !isReplaced(path)), ...over.sought(kind)],
  }
}
