import { posix } from 'node:path'
import type { FileEntry } from './evidence.ts'

/** The files of an image by path, with links followed as Linux follows them inside of the image. */
export type FileTree = {
  readonly entries: ReadonlyMap<string, FileEntry>
  /** What `path` leads to once every link in it is followed; `undefined` when it leads nowhere or in circles. */
  resolve(path: string): FileEntry | undefined
}

// As Linux (MAXSYMLINKS).
const MAX_LINKS = 40

export function fileTree(files: readonly FileEntry[]): FileTree {
  const entries = new Map(files.map((entry) => [entry.path, entry]))
  return {
    entries,
    resolve(path) {
      let waiting = path.split('/')
      let at = ''
      let links = 0
      while (waiting.length > 0) {
        const [name = '', ...rest] = waiting
        waiting = rest
        const next = posix.join('/', at, name)
        const entry = entries.get(next)
        if (entry?.type === 'symlink' && entry.link !== undefined) {
          if (++links > MAX_LINKS) return undefined
          waiting = [...entry.link.split('/'), ...rest]
          if (entry.link.startsWith('/')) at = ''
        } else {
          at = next
        }
      }
      return entries.get(at === '' ? '/' : at)
    },
  }
}
