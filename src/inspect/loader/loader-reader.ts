import type { FactReader } from '../fact-reader.ts'
import { sorted } from '../fact-reader.ts'
import { readLibraryCache } from './library-cache.ts'
import type { LoaderFile } from './loader-file.ts'

const MOST_LINES = 1000
const MOST_BYTES = 64 * 1024
const CACHE = '/etc/ld.so.cache'
// Systems with a desktop and its development packages reach 500 kB.
const MOST_OF_CACHE = 2 * 1024 * 1024

/** Folders that ldconfig and musl are told to search (ldconfig(8); musl's ldso/dynlink.c). */
export const loaderReader: FactReader<LoaderFile, LoaderFile> = {
  wants: ({ path }) => (path === CACHE ? MOST_OF_CACHE : isConfiguration(path) ? MOST_BYTES : 0),
  read({ path }, bytes) {
    if (path === CACHE) {
      const cache = readLibraryCache(bytes)
      return cache && { path, lines: [], cache }
    }
    const lines = bytes
      .toString('utf8')
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim())
    return { path, lines: lines.filter((line) => line !== '').slice(0, MOST_LINES) }
  },
  finish: (drafts) => sorted([...drafts].map(([path, file]) => ({ ...file, path }))),
}

function isConfiguration(path: string): boolean {
  return (
    path === '/etc/ld.so.conf' ||
    /^\/etc\/ld\.so\.conf\.d\/[^/]+$/.test(path) ||
    /^\/etc\/ld-musl-[^/]+\.path$/.test(path)
  )
}
