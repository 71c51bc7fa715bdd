import { posix } from 'node:path'
import type { FileEntry } from './evidence.ts'
import type { TarHeader } from './tar-header.ts'

const TYPES: Readonly<Record<string, FileEntry['type']>> = {
  '0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'directory',
}

/** A tar entry of a container export as an absolute path without trailing slash; times to the second, 0 where unknown. */
export function fileEntry(header: TarHeader): FileEntry {
  const type = TYPES[header.type] ?? 'other'
  const path = absolute(header.name)
  const entry = {
    path,
    // The archive format of Unix V7 has no type for directories, only the slash at the end.
    type: type === 'file' && header.name.endsWith('/') ? 'directory' : type,
    mode: header.mode & 0o7777,
    uid: header.uid,
    gid: header.gid,
    size: type === 'file' ? header.size : 0,
    mtime: TOUCHED_DIRECTORIES.has(path) ? 0 : Math.floor(header.mtime),
  } as const
  if (type === 'symlink') return { ...entry, link: header.linkName }
  if (type === 'hardlink') return { ...entry, link: absolute(header.linkName) }
  return entry
}

/** Directories whose time is that of the container, since Docker puts files into them: the image's cannot be known. */
const TOUCHED_DIRECTORIES = new Set(['/', '/dev', '/etc', '/proc', '/sys'])

function absolute(name: string): string {
  const path = posix.normalize(`/${name}`)
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

const INJECTED_LINKS: Readonly<Record<string, string>> = { '/etc/mtab': '/proc/mounts' }
const INJECTED_FILES = new Set(['/.dockerenv', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/dev/console'])
const INJECTED_DIRECTORIES = new Set(['/dev/pts', '/dev/shm'])

/**
 * True for what Docker adds to the root of every container it creates (moby daemon/initlayer): not of the image, and
 * made anew with every container, so that it would differ between any two images.
 */
export function isInjected({ path, type, size, link }: FileEntry): boolean {
  if (type === 'symlink') return INJECTED_LINKS[path] === link && link !== undefined
  if (type === 'directory') return INJECTED_DIRECTORIES.has(path)
  return INJECTED_FILES.has(path) && size === 0
}
