import { posix } from 'node:path'
import type { FileTree } from './file-tree.ts'

// Debian's multiarch folders stand before the plain ones in its ld.so.conf; /lib64 is Red Hat's and Amazon Linux's default.
const DEFAULT_FOLDERS = [
  '/lib64',
  '/usr/lib64',
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib/aarch64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/lib',
  '/usr/lib',
  '/usr/local/lib',
]

/**
 * Path of the file that a soname most likely leads to, links followed: LD_LIBRARY_PATH, then the usual system folders.
 * Good enough to say which version an image brings; what one object loads is for the rules to decide.
 */
export function findLibrary(
  name: string,
  tree: FileTree,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const configured = (environment.LD_LIBRARY_PATH ?? '').split(':').filter((folder) => folder.startsWith('/'))
  for (const folder of [...configured, ...DEFAULT_FOLDERS]) {
    const entry = tree.resolve(posix.join(folder, name))
    if (entry?.type === 'file' || entry?.type === 'hardlink') return entry.path
  }
  return undefined
}

/** Path of the program that a name leads to through the image's PATH, links followed. */
export function findProgram(
  name: string,
  tree: FileTree,
  environment: Readonly<Record<string, string>>,
): string | undefined {
  const folders = (environment.PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin').split(':')
  for (const folder of folders.filter((candidate) => candidate.startsWith('/'))) {
    const entry = tree.resolve(posix.join(folder, name))
    if (entry?.type === 'file' || entry?.type === 'hardlink') return entry.path
  }
  return undefined
}
