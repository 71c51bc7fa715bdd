import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { LabFolders } from '../../lab/folders.ts'
import { withLock } from '../../lab/lock.ts'

const folders: LabFolders = { root: `/lock-test-${process.pid}`, cache: '', run: '' }
const LOCK = fileURLToPath(new URL('../../lab/lock.ts', import.meta.url))

describe('withLock', () => {
  it('lets one work end before the next begins, and other names pass', async () => {
    const events: string[] = []
    const work = (name: string) => async () => {
      events.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 20))
      events.push(`${name} ends`)
    }
    await Promise.all([withLock(folders, 'same', work('first')), withLock(folders, 'same', work('second'))])
    expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
    await withLock(folders, 'outer', () => withLock(folders, 'inner', work('nested')))
    expect(events.at(-1)).toBe('nested ends')
  })

  it('is free again when the work fails', async () => {
    await expect(withLock(folders, 'failing', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    await expect(withLock(folders, 'failing', async () => 'free')).resolves.toBe('free')
  })

  it('is free again when its holder is killed', async () => {
    const script = `import { withLock } from ${JSON.stringify(LOCK)}
      await withLock(${JSON.stringify(folders)}, 'killed', () => { console.log('held'); return new Promise((r) => setTimeout(r, 60_000)) })`
    const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    holder.kill('SIGKILL')
    await expect(withLock(folders, 'killed', async () => 'taken')).resolves.toBe('taken')
  })
})
