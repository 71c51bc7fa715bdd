import type { Stats } from 'node:fs'
import { constants, lstat, open, readdir, readlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ActionError } from '../errors.ts'
import { normalisedMode } from '../layer/layer-paths.ts'
import { type TarEntry, tarHeader, tarPadding } from '../tar/tar-entry.ts'

const CHUNK = 1024 * 1024

export type FolderTar = {
  /** Where the folder lands, relative; empty: in the root of what takes the tar. */
  readonly below?: string
  /** Names of folders that are left out, wherever they are. */
  readonly without?: readonly string[]
  /** One more folder that is left out where it lies below the root. */
  readonly leaveOut?: string
}

/**
 * A folder's files, folders and links as tar entries in the order of names, readable by everybody; links are not followed,
 * special files are left out. The end of the tar is the caller's.
 */
export async function* folderTar(
  root: string,
  { below = '', without = [], leaveOut }: FolderTar = {},
): AsyncGenerator<Buffer> {
  const left = leaveOut === undefined ? undefined : resolve(leaveOut)
  yield* walk('')

  async function* walk(folder: string): AsyncGenerator<Buffer> {
    for (const name of (await readable(readdir(join(root, folder)))).sort()) {
      const path = folder === '' ? name : `${folder}/${name}`
      const stats = await lstat(join(root, path))
      if (stats.isDirectory() && (without.includes(name) || resolve(root, path) === left)) continue
      yield* entry(path, stats)
      if (stats.isDirectory()) yield* walk(path)
    }
  }

  async function* entry(path: string, stats: Stats): AsyncGenerator<Buffer> {
    const named = { path: below === '' ? path : `${below}/${path}`, size: 0 }
    if (stats.isDirectory()) yield tarHeader({ ...named, type: 'directory', mode: 0o755 })
    else if (stats.isSymbolicLink())
      yield tarHeader({ ...named, type: 'symlink', mode: 0o777, link: await readlink(join(root, path)) })
    else if (stats.isFile()) yield* file({ ...named, type: 'file', mode: normalisedMode('file', stats.mode) }, path)
  }

  async function* file(named: TarEntry, path: string): AsyncGenerator<Buffer> {
    // A pipe that took the file's place since it was looked at must not block.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
    const handle = await readable(open(join(root, path), flags))
    try {
      // Its size now: the header and what follows must agree.
      const { size } = await handle.stat()
      yield tarHeader({ ...named, size })
      for (let at = 0; at < size; ) {
        const length = Math.min(CHUNK, size - at)
        const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, at)
        if (bytesRead === 0) throw new Error(`${join(root, path)} became shorter while it was read`)
        yield buffer.subarray(0, bytesRead)
        at += bytesRead
      }
      yield tarPadding(size)
    } finally {
      await handle.close()
    }
  }
}

async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EPERM') throw error
    throw new ActionError('invalid-input', `A file that is to be copied cannot be read: ${message}.`, {
      help: 'Give the user of this job permission to read it.\nsudo chown -R "$USER" .',
      cause: error,
    })
  }
}
