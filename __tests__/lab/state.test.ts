import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LabFolders, labFolders } from '../../lab/folders.ts'
import { changeState, readState } from '../../lab/state.ts'

describe('state', () => {
  let folders: LabFolders
  let cache: string
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'state-'))
    folders = labFolders({ XDG_CACHE_HOME: cache })
  })
  afterEach(() => rmSync(cache, { recursive: true }))

  it('is empty at first and keeps what each change leaves alone', () => {
    expect(readState(folders)).toEqual({ processes: {}, packages: [], placed: [], ports: {} })
    changeState(folders, () => ({ packages: ['wget'] }))
    changeState(folders, (state) => ({ packages: [...state.packages, 'iptables'], ports: { registry: 5210 } }))
    expect(readState(folders)).toEqual({
      processes: {},
      packages: ['wget', 'iptables'],
      placed: [],
      ports: { registry: 5210 },
    })
  })
})
