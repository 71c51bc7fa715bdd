import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LabFolders } from './folders.ts'

/** Runs `work` while no other process runs work under the same name. A lock whose holder has died is taken over. */
export async function withLock<T>(folders: LabFolders, name: string, work: () => Promise<T>): Promise<T> {
  const file = join(folders.root, `${name}.lock`)
  let told = false
  while (!take(file)) {
    const holder = Number(readLock(file))
    if (holder > 0 && !isRunning(holder)) {
      rmSync(file, { force: true })
      continue
    }
    if (!told) console.error(`lab: waiting for process ${holder}, which is at work on the same thing`)
    told = true
    await sleep(200)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function readLock(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
