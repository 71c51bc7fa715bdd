import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LabFolders, labFolders } from '../../lab/folders.ts'
import { terminate } from '../../lab/process/detached.ts'
import { type PrivateRegistry, privateRegistry } from '../../lab/registry/registry.ts'
import { readState } from '../../lab/state.ts'

/** A registry of its own beside the lab's: its password changes here. */
describe('the private registry', () => {
  const root = mkdtempSync(join(tmpdir(), 'registry-'))
  const folders: LabFolders = { root, cache: labFolders().cache, run: join(root, 'run') }
  const quiet = { step: <T>(_title: string, work: () => Promise<T>) => work() }
  let registry: PrivateRegistry

  beforeAll(async () => {
    mkdirSync(folders.run)
    registry = await privateRegistry(folders, quiet)
  })
  afterAll(async () => {
    const started = readState(folders).processes.registry
    if (started !== undefined) await terminate(started)
    rmSync(root, { recursive: true })
  })

  const status = async (password?: string) => {
    const authorization = `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`
    const headers = password === undefined ? undefined : { authorization }
    return (await fetch(`http://${registry.host}/v2/`, headers === undefined ? {} : { headers })).status
  }

  it('asks for the password', async () => {
    expect(await status()).toBe(401)
    expect(await status('wrong')).toBe(401)
    expect(await status(registry.password())).toBe(200)
  })

  it('takes a new password at once, keeps it for others, and refuses the old one', async () => {
    const old = registry.password()
    registry.setPassword('a-new-token')
    expect(await status('a-new-token')).toBe(200)
    expect(await status(old)).toBe(401)
    const again = await privateRegistry(folders, quiet)
    expect([again.host, again.password()]).toEqual([registry.host, 'a-new-token'])
  })
})
