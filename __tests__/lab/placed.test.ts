import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removePlaced } from '../../lab/placed.ts'

describe('removePlaced', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'placed-'))
    mkdirSync(join(folder, 'config/plugins'), { recursive: true })
    writeFileSync(join(folder, 'config/plugins/tool'), '')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('removes files before the folders that hold them, whatever the order given', () => {
    removePlaced([join(folder, 'config'), join(folder, 'config/plugins/tool'), join(folder, 'config/plugins')])
    expect(existsSync(join(folder, 'config'))).toBe(false)
  })

  it('leaves a folder in which somebody else has put something', () => {
    writeFileSync(join(folder, 'config/credentials'), '')
    removePlaced([join(folder, 'config'), join(folder, 'config/plugins/tool'), join(folder, 'config/plugins')])
    expect(existsSync(join(folder, 'config/credentials'))).toBe(true)
    expect(existsSync(join(folder, 'config/plugins'))).toBe(false)
  })

  it('removes a folder with all it holds where the path ends with a slash, and passes over what is gone', () => {
    removePlaced([`${join(folder, 'config')}/`, join(folder, 'nothing')])
    expect(existsSync(join(folder, 'config'))).toBe(false)
  })
})
