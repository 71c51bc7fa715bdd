import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Files } from '../ports/files.ts'

/** The local file system. */
export const localFiles: Files = {
  async readText(path) {
    return await unlessMissing(readFile(path, 'utf8'))
  },
  async writeText(path, text) {
    await mkdir(dirname(path), { recursive: true })
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

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
