import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Files } from '../ports/files.ts'

/** The local file system. */
export const localFiles: Files = {
  async readText(path) {
    return await unlessMissing(readFile(path, 'utf8'))
  },
  async readStart(path, bytes) {
    const file = await unlessMissing(open(path))
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
  async kind(path) {
    const stats = await unlessMissing(stat(path))
    if (stats === undefined) return undefined
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other'
  },
  async names(directory) {
    return (await unlessMissing(readdir(directory))) ?? []
  },
}

/** Not by Node's `recursive`, which never ends where a folder refuses children with ENOENT, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await mkdir(path)
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
