import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isAlive, startDetached, terminate, untilReady } from '../../../lab/process/detached.ts'

describe('a detached process', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'detached-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const start = (script: string) => startDetached('sh', ['-c', script], { log: join(folder, 'log') })

  it('lives until it is terminated, also when it ignores SIGTERM', async () => {
    const polite = start('exec sleep 60')
    const stubborn = start('trap "" TERM; echo trapped; while :; do sleep 0.01; done')
    await untilReady('stubborn', stubborn, async () => readFileSync(stubborn.log, 'utf8').includes('trapped'))
    expect([isAlive(polite), isAlive(stubborn)]).toEqual([true, true])
    await Promise.all([terminate(polite), terminate(stubborn, 50)])
    expect([isAlive(polite), isAlive(stubborn)]).toEqual([false, false])
  })

  it('is not confused with a later process of the same pid', async () => {
    const stranger = start('exec sleep 60')
    const recorded = { ...stranger, startedTicks: '1' }
    expect(isAlive(recorded)).toBe(false)
    await terminate(recorded)
    expect(isAlive(stranger)).toBe(true)
    await terminate(stranger)
  })

  it('is reported with the end of its log when it dies before it is ready', async () => {
    const dying = start('echo no such flag; exit 1')
    await expect(untilReady('the daemon', dying, async () => false)).rejects.toThrow(
      /the daemon ended at once.*no such flag/s,
    )
  })

  it('is reported when it is not ready in time', async () => {
    const slow = start('exec sleep 60')
    await expect(untilReady('the daemon', slow, async () => false, 0)).rejects.toThrow('did not answer in 0 s')
    await terminate(slow)
  })
})
