import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { localLayerFiles } from '../../src/adapters/layer-files.ts'
import { readLayer } from '../../src/layer/read-layer.ts'
import { buildElf } from '../builders/elf.ts'
import { asSomebodyElse } from '../builders/somebody-else.ts'

const layerFiles = localLayerFiles({ signal: new AbortController().signal })
const ELF = buildElf({ class: 64, littleEndian: true, machine: 62, soname: 'libfoo.so.1' })
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-folder-'))
  await mkdir(join(folder, 'python/pkg'), { recursive: true })
  await writeFile(join(folder, 'python/pkg/__init__.py'), 'x = 1\n')
  await writeFile(join(folder, 'python/pkg/a.so'), ELF)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const read = () => readLayer(folder, 'arm64', { layerFiles })

it('is evidence below /opt, as it will be packed', async () => {
  await writeFile(join(folder, 'python/tool'), '#!/bin/sh\necho\n', { mode: 0o700 })
  await symlink('../nowhere', join(folder, 'python/link'))
  const { evidence, zip } = await read()
  expect(evidence.subject).toEqual({ reference: folder, platform: 'linux/arm64' })
  expect(evidence.image).toBeUndefined()
  expect(
    evidence.files.map(({ path, type, mode, size, link }) => [path, type, mode.toString(8), link ?? size]),
  ).toEqual([
    ['/opt', 'directory', '755', 0],
    ['/opt/python', 'directory', '755', 0],
    ['/opt/python/link', 'symlink', '777', '../nowhere'],
    ['/opt/python/pkg', 'directory', '755', 0],
    ['/opt/python/pkg/__init__.py', 'file', '644', 6],
    ['/opt/python/pkg/a.so', 'file', '644', ELF.length],
    ['/opt/python/tool', 'file', '755', 15],
  ])
  expect(evidence.elf).toMatchObject([{ path: '/opt/python/pkg/a.so', soname: 'libfoo.so.1' }])
  expect(evidence.bytes).toEqual({ uncompressed: 6 + ELF.length + 15 })
  expect(evidence.layer).toEqual({ copies: [] })
  expect(zip).toBeUndefined()
})

it('has a fingerprint that times and modes of the build machine do not change, and every byte does', async () => {
  const { contentFingerprint } = await read()
  await utimes(join(folder, 'python/pkg/a.so'), 1, 1)
  await chmod(join(folder, 'python/pkg/__init__.py'), 0o600)
  await chmod(join(folder, 'python'), 0o700)
  expect((await read()).contentFingerprint).toBe(contentFingerprint)
  await chmod(join(folder, 'python/pkg/__init__.py'), 0o755)
  expect((await read()).contentFingerprint).not.toBe(contentFingerprint)
  await chmod(join(folder, 'python/pkg/__init__.py'), 0o644)
  await writeFile(join(folder, 'python/pkg/__init__.py'), 'x = 2\n')
  expect((await read()).contentFingerprint).not.toBe(contentFingerprint)
})

it('reads no more content than it may, and tells what lies behind it', async () => {
  await writeFile(join(folder, 'python/pkg/b.so'), ELF)
  const most = localLayerFiles({ signal: new AbortController().signal, mostContent: 6 + ELF.length })
  const { evidence, contentFingerprint } = await readLayer(folder, 'arm64', { layerFiles: most })
  expect(evidence.layer?.unread).toEqual({ files: 1, bytes: ELF.length })
  expect(evidence.elf.map(({ path }) => path)).toEqual(['/opt/python/pkg/a.so'])
  expect(evidence.bytes.uncompressed).toBe(6 + 2 * ELF.length)
  expect(contentFingerprint).toBeUndefined()
})

it('does not follow links to folders, out of the layer or in circles', async () => {
  await symlink('/', join(folder, 'root'))
  await symlink('..', join(folder, 'python/up'))
  const { evidence } = await read()
  expect(evidence.files.filter(({ type }) => type === 'symlink').map(({ path, link }) => [path, link])).toEqual([
    ['/opt/python/up', '..'],
    ['/opt/root', '/'],
  ])
  expect(evidence.files).toHaveLength(7)
})

it('names pipes without opening them', async () => {
  execFileSync('mkfifo', [join(folder, 'python/pipe')])
  const { evidence, contentFingerprint } = await read()
  expect(evidence.files.find(({ path }) => path === '/opt/python/pipe')).toMatchObject({ type: 'other', size: 0 })
  await rm(join(folder, 'python/pipe'))
  expect((await read()).contentFingerprint).toBe(contentFingerprint)
})

it('refuses a name that is not UTF-8, and shows it', async () => {
  await writeFile(Buffer.concat([Buffer.from(`${folder}/python/caf`), Buffer.from([0xe9]), Buffer.from('.py')]), '')
  await expect(read()).rejects.toMatchObject({
    code: 'layer-invalid',
    message: expect.stringContaining('/python/caf\\xe9.py has a name that is not UTF-8'),
  })
})

it('names a file that may not be read, with the way out', async () => {
  await chmod(join(folder, 'python/pkg/a.so'), 0)
  await asSomebodyElse(folder, async () => {
    await expect(read()).rejects.toMatchObject({
      code: 'layer-invalid',
      message: expect.stringContaining('a.so'),
      help: expect.stringContaining('sudo chown'),
    })
  })
})
