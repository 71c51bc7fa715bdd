import { randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { tarEntry } from '../../__tests__/builders/tar.ts'

/**
 * Writes the file system of an image of 3.5 GB to stdout: many small files, some large ones, and this machine's programs and
 * libraries again and again. A process of its own: what it holds is not counted as the reader's memory.
 */
const MB = 1_000_000
const SIZE = 3500 * MB
const SMALL = { files: 40_000, bytes: 2000 }
const LARGE = { files: 4, bytes: 250 * MB }
/** Larger programs of this machine are left out, as their share would be that of the machine. */
const MOST = 100 * MB
const LONGEST_NAME = 100

await pipeline(Readable.from(entries()), process.stdout)

function* entries(): Generator<Buffer> {
  const small = randomBytes(SMALL.bytes)
  for (let at = 0; at < SMALL.files; at++) yield* tarEntry({ name: `data/${at % 400}/${at}.bin`, content: small })
  const large = Buffer.alloc(LARGE.bytes, randomBytes(1 * MB))
  for (let at = 0; at < LARGE.files; at++) yield* tarEntry({ name: `data/large-${at}.bin`, content: large })
  let left = SIZE - SMALL.files * SMALL.bytes - LARGE.files * LARGE.bytes
  for (let copy = 0; left > 0; copy++) {
    const before = left
    for (const path of ['usr/bin', ...libraryFolders()].flatMap(filesIn)) {
      const name = `opt/${copy}/${path}`
      if (left <= 0 || name.length > LONGEST_NAME) continue
      const content = readFileSync(join('/', path))
      left -= content.length
      yield* tarEntry({ name, mode: 0o755, content })
    }
    if (left === before) throw new Error('This machine has no programs or libraries that may be read.')
  }
  yield Buffer.alloc(1024)
}

function libraryFolders(): readonly string[] {
  return readdirSync('/usr/lib').flatMap((name) => (name.endsWith('-linux-gnu') ? [`usr/lib/${name}`] : []))
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(join('/', folder)).flatMap((name) => {
    const path = `${folder}/${name}`
    const stats = lstatSync(join('/', path))
    return stats.isFile() && stats.size <= MOST && (stats.mode & 0o004) !== 0 ? [path] : []
  })
}
