import type { FactReader } from '../fact-reader.ts'
import { sorted } from '../fact-reader.ts'
import type { LoaderFile } from './loader-file.ts'

const MOST_LINES = 1000
const MOST_BYTES = 64 * 1024

/** Folders that ldconfig and musl are told to search (ldconfig(8); musl's ldso/dynlink.c). */
export const loaderReader: FactReader<LoaderFile, LoaderFile> = {
  wants: ({ path }) => (isConfiguration(path) ? MOST_BYTES : 0),
  read({ path }, bytes) {
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
