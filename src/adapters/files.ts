import { open, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Files } from '../ports/files.ts'
import { makeFolder } from './make-folder.ts'

/** The local file system. */
export const localFiles: Files = {
  async readText(path) {
    return await unlessMissing(path, readFile(path, 'utf8'))
  },
  async readStart(path, bytes) {
    const file = await unlessMissing(path, open(path))
    if (file === undefined) return undefined
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  },
  async writeText(path, text) {
    await makeFolder(dirname(path))
    const partial = `${path}.${process.pid}.partial`
    try {
      await writeFile(partial, text)
      await rename(partial, path)
    } finally {
      await rm(partial, { force: true })
    }
  },
  async realPath(path) {
    const absolute = resolve(path)
    const real = await unlessMissing(absolute, realpath(absolute))
    if (real !== undefined || dirname(absolute) === absolute) return real ?? absolute
    return join(await localFiles.realPath(dirname(absolute)), basename(absolute))
  },
  async kind(path) {
    const stats = await unlessMissing(path, stat(path))
    if (stats === undefined) return undefined
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other'
  },
  async names(directory) {
    return (await unlessMissing(directory, readdir(directory))) ?? []
  },
}

async function unlessMissing<T>(path: string, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw code === 'EACCES' || code === 'EPERM' ? mayNotRead(path, error) : error
  }
}

function mayNotRead(path: string, cause: unknown): ActionError {
  return new ActionError('invalid-input', `${path} cannot be looked at: permission denied for the user of this job.`, {
    help: `Give that user permission for it and the folders above, or name another path.\nsudo chown -R "$USER" ${path}`,
    cause,
  })
}
