import { chmod, mkdir, mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { localFiles } from '../../src/adapters/files.ts'
import { asSomebodyElse } from '../builders/somebody-else.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('writes into folders that are not there yet and leaves nothing partial', async () => {
  await localFiles.writeText(`${folder}/a/b.json`, '{}')
  expect(await localFiles.readText(`${folder}/a/b.json`)).toBe('{}')
  expect(await readdir(`${folder}/a`)).toEqual(['b.json'])
  expect(await localFiles.kind(`${folder}/a`)).toBe('directory')
})

it('ends where no folder can be made', async () => {
  await expect(localFiles.writeText('/proc/nobody/report.json', '{}')).rejects.toThrow('ENOENT')
  await localFiles.writeText(`${folder}/file`, 'x')
  await expect(localFiles.writeText(`${folder}/file/a/b.json`, '{}')).rejects.toThrow('ENOTDIR')
})

it('tells nothing there from a fault', async () => {
  expect(await localFiles.readText(`${folder}/none`)).toBeUndefined()
  expect(await localFiles.kind(`${folder}/none`)).toBeUndefined()
  await expect(localFiles.readText(folder)).rejects.toThrow('EISDIR')
})

it('follows links as far as something is there', async () => {
  await mkdir(`${folder}/real`)
  await symlink('real', `${folder}/link`)
  expect(await localFiles.realPath(`${folder}/link/report/x`)).toBe(join(await realpath(folder), 'real/report/x'))
})

it('names what may not be looked at, with the way out', async () => {
  await mkdir(`${folder}/closed`)
  await chmod(`${folder}/closed`, 0)
  await asSomebodyElse(folder, async () => {
    await expect(localFiles.kind(`${folder}/closed/requirements.txt`)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('closed/requirements.txt cannot be looked at'),
      help: expect.stringContaining('sudo chown'),
    })
  })
})
