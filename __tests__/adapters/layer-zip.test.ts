import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localLayerFiles } from '../../src/adapters/layer-files.ts'
import { readLayer } from '../../src/layer/read-layer.ts'
import { buildElf } from '../builders/elf.ts'
import { buildZip, type ZipContent } from '../builders/zip.ts'

const layerFiles = localLayerFiles({ signal: new AbortController().signal })
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-zip-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function readBytes(bytes: Buffer) {
  const path = join(folder, 'layer.zip')
  await writeFile(path, bytes)
  return await readLayer(path, 'x86_64', { layerFiles })
}

async function read(...entries: readonly ZipContent[]) {
  const { evidence, zip, contentFingerprint } = await readBytes(buildZip(entries))
  return {
    paths: evidence.files.map(({ path }) => path),
    files: evidence.files,
    oddities: (zip?.oddities ?? []).map(({ kind, name }) => `${kind} ${name}`),
    details: (zip?.oddities ?? []).map(({ detail }) => detail),
    evidence,
    contentFingerprint,
  }
}

const ELF = buildElf({ class: 64, littleEndian: true, machine: 62, soname: 'libfoo.so.1' })

describe('a finished zip', () => {
  it('is read with its modes, links, native files and the folders that names imply', async () => {
    const { files, evidence, oddities } = await read(
      { name: 'lib/libfoo.so.1', content: ELF, mode: 0o100755 },
      { name: 'lib/libfoo.so', content: 'libfoo.so.1', mode: 0o120777 },
      { name: 'python/', mode: 0o40700 },
      { name: 'python/app.py', content: 'x = 1\n', mode: 0o100600, method: 0 },
      { name: 'python/windows.py', content: '' },
    )
    expect(files.map(({ path, type, mode, link }) => [path, type, mode.toString(8), ...(link ? [link] : [])])).toEqual([
      ['/opt', 'directory', '755'],
      ['/opt/lib', 'directory', '755'],
      ['/opt/lib/libfoo.so', 'symlink', '777', 'libfoo.so.1'],
      ['/opt/lib/libfoo.so.1', 'file', '755'],
      ['/opt/python', 'directory', '700'],
      ['/opt/python/app.py', 'file', '600'],
      ['/opt/python/windows.py', 'file', '644'],
    ])
    expect(evidence.elf).toMatchObject([{ path: '/opt/lib/libfoo.so.1', soname: 'libfoo.so.1' }])
    expect(oddities).toEqual([])
  })

  it('has the content fingerprint of the folder that it was packed from, and Lambda’s CodeSha256', async () => {
    const source = join(folder, 'source')
    await mkdir(join(source, 'python/pkg'), { recursive: true })
    await writeFile(join(source, 'python/pkg/__init__.py'), 'x = 1\n', { mode: 0o600 })
    await writeFile(join(source, 'python/pkg/tool'), '#!/bin/sh\n', { mode: 0o700 })
    await symlink('pkg/tool', join(source, 'python/tool'))
    execFileSync('zip', ['-qry', join(folder, 'made.zip'), '.'], { cwd: source })
    const [ofFolder, ofZip] = [
      await readLayer(source, 'x86_64', { layerFiles }),
      await readLayer(join(folder, 'made.zip'), 'x86_64', { layerFiles }),
    ]
    // By Python's hashlib over the lines that the contract describes.
    expect(ofFolder.contentFingerprint).toBe('884db514035a589a2afed33b83a6e7b13cbb21cd46a8662da87a64b1d5c2eb3f')
    expect(ofZip.contentFingerprint).toBe(ofFolder.contentFingerprint)
    expect(ofFolder.zip).toBeUndefined()
    const digest = execFileSync('openssl', ['dgst', '-sha256', '-binary', join(folder, 'made.zip')])
    expect(ofZip.zip?.sha256).toBe(digest.toString('base64'))
  })

  it('finds links whose type was lost', async () => {
    const { oddities } = await read(
      { name: 'lib/libfoo.so.1', content: ELF },
      { name: 'lib/libfoo.so', content: 'libfoo.so.1' },
      { name: 'lib/libbar.so', content: 'nothing-like-it' },
      { name: 'python/top_level.txt', content: 'app.py' },
      { name: 'python/app.py' },
    )
    expect(oddities).toEqual(['link-as-text lib/libfoo.so'])
  })

  it('finds copies that were links', async () => {
    const names = ['lib/libfoo.so', 'lib/libfoo.so.1', 'lib/libfoo.so.1.2']
    const { evidence } = await read(...names.map((name) => ({ name, content: ELF })), {
      name: 'python/a.py',
      content: ELF,
    })
    expect(evidence.layer?.copies).toEqual([{ size: ELF.length, paths: names.map((name) => `/opt/${name}`) }])
  })
})

describe('a hostile zip', () => {
  it.each([
    ['../../etc/passwd', ['parent ../../etc/passwd']],
    ['python/../../x', ['parent python/../../x']],
    ['/etc/passwd', ['absolute /etc/passwd']],
    ['C:\\Windows\\x', ['absolute C:\\Windows\\x']],
    ['..\\..\\x', ['backslash ..\\..\\x', 'parent ..\\..\\x']],
    ['', ['empty ']],
    ['a\0b', ['empty a\0b']],
  ])('%j is told and left out', async (name, oddities) => {
    const found = await read({ name, content: 'x' }, { name: 'python/app.py' })
    expect(found.oddities).toEqual(oddities)
    expect(found.paths).toEqual(['/opt', '/opt/python', '/opt/python/app.py'])
  })

  it('names with backslashes stay what they are on Linux', async () => {
    const { paths, oddities } = await read({ name: 'python\\app.py' })
    expect(paths).toEqual(['/opt', '/opt/python\\app.py'])
    expect(oddities).toEqual(['backslash python\\app.py'])
  })

  it('`./` before names, and an entry for the root, are usual', async () => {
    const { paths, oddities } = await read({ name: './', mode: 0o40755 }, { name: './python/app.py' })
    expect(paths).toEqual(['/opt', '/opt/python', '/opt/python/app.py'])
    expect(oddities).toEqual([])
  })

  it('of two entries with one name the last is read', async () => {
    const { files, oddities } = await read(
      { name: 'a.py', content: 'first' },
      { name: './a.py', content: 'second, longer' },
      { name: 'd/' },
      { name: 'd/' },
    )
    expect(files.find(({ path }) => path === '/opt/a.py')?.size).toBe(14)
    expect(oddities).toEqual(['duplicate ./a.py'])
  })

  it('names that are one without case, or not UTF-8', async () => {
    const { oddities } = await read(
      { name: 'README' },
      { name: 'readme' },
      { name: Buffer.from([0x63, 0xe9]), flags: 0 },
    )
    expect(oddities).toEqual(['not-utf8 c\ufffd', 'case-collision readme'])
  })

  it('files below a file or a link', async () => {
    const found = await read(
      { name: 'lib', content: '/etc', mode: 0o120777 },
      { name: 'lib/passwd', content: 'root::0:0' },
      { name: 'a', content: 'x' },
      { name: 'a/b', content: 'x' },
    )
    expect(found.oddities.sort()).toEqual(['file-as-folder a/b', 'file-as-folder lib/passwd'])
    expect(found.details.sort()).toEqual(['a is a file', 'lib is a symlink'])
  })

  it.each([
    ['encrypted', { flags: 0x801 }, undefined],
    ['method', { method: 14 }, 'method 14'],
    ['damaged', { claims: { crc32: 1 } }, 'its checksum is wrong'],
    ['damaged', { claims: { size: 3 } }, 'more than the 3 bytes it states'],
    ['damaged', { claims: { size: 30 } }, 'less than the 30 bytes it states'],
    ['damaged', { method: 0, claims: { size: 3 } }, 'stored, yet of 10 and 3 bytes'],
    ['damaged', { claims: { offset: 1 } }, 'there is no entry where the list of entries says'],
    ['damaged', { claims: { offset: 0xfffffff0 } }, 'there is no entry where the list of entries says'],
    ['damaged', { claims: { localName: 'other.py' } }, 'it has another name where its content lies'],
  ] as const)('%s: %j', async (kind, claims, detail) => {
    const found = await read({ name: 'first.py', content: 'x = 1' }, { name: 'a.py', content: '0123456789', ...claims })
    expect(found.oddities).toEqual([`${kind} a.py`])
    expect(found.details).toEqual([detail])
    expect(found.paths).toContain('/opt/a.py')
    expect(found.contentFingerprint).toBeUndefined()
  })

  it('a bomb is known by the size it states, and not inflated', async () => {
    const { evidence, oddities } = await read(
      { name: 'bomb', content: 'x', claims: { size: 0xfffffff0 } },
      { name: 'a.so', content: ELF },
    )
    expect(evidence.bytes.uncompressed).toBeGreaterThan(4_000_000_000)
    expect(evidence.layer?.unread).toEqual({ files: 1, bytes: 0xfffffff0 })
    expect(evidence.elf).toHaveLength(1)
    expect(oddities).toEqual([])
  })

  it('a bomb that lies about its size is stopped there', async () => {
    const zeros = Buffer.alloc(64 * 1024 * 1024)
    const { oddities, details } = await read({ name: 'bomb', content: zeros, claims: { size: 10 } })
    expect(oddities).toEqual(['damaged bomb'])
    expect(details).toEqual(['more than the 10 bytes it states'])
  })

  it('a large file is inflated piece by piece', async () => {
    const large = Buffer.concat([ELF, Buffer.alloc(9 * 1024 * 1024)])
    const { evidence, oddities } = await read({ name: 'lib/large.so', content: large })
    expect(oddities).toEqual([])
    expect(evidence.elf).toMatchObject([{ soname: 'libfoo.so.1' }])
    const cut = await read({ name: 'lib/large.so', content: large, claims: { size: large.length + 1 } })
    expect(cut.details).toEqual([`less than the ${large.length + 1} bytes it states`])
  })

  it('devices and pipes are told and not opened', async () => {
    expect((await read({ name: 'dev/null', mode: 0o020666 })).oddities).toEqual(['special dev/null'])
  })

  it('a link that is too long to be one', async () => {
    const { evidence } = await read({ name: 'a', content: 'x'.repeat(5000), mode: 0o120777 })
    expect(evidence.partial).toEqual([{ of: 'file', path: 'a', why: 'not read, of 5000 bytes' }])
  })

  it.each([
    ['nothing', Buffer.alloc(0), /it is empty/],
    ['text', Buffer.from('hello, world, this is no zip at all'), /it is no zip/],
    ['the first half', buildZip([{ name: 'a', content: 'x'.repeat(500) }]).subarray(0, 60), /it is no zip/],
    ['more entries promised than there', buildZip([{ name: 'a' }], { count: 3 }), /damaged after 1 of 3/],
  ])('%s is layer-invalid', async (_, bytes, message) => {
    await expect(readBytes(bytes)).rejects.toMatchObject({
      code: 'layer-invalid',
      message: expect.stringMatching(message),
    })
  })

  it('as many entries as the plain format counts are read', async () => {
    const entries = Array.from({ length: 65_535 }, (_, index) => ({ name: `python/f${index}`, method: 0 }))
    const { zip } = await readBytes(buildZip(entries))
    expect(zip).toMatchObject({ entries: 65_535, zip64: false, oddities: [] })
  })

  it('nothing is ever written', async () => {
    const before = await readdir(folder)
    await read(
      { name: '../../../tmp/evil', content: 'x' },
      { name: 'link', content: folder, mode: 0o120777 },
      { name: 'link/evil', content: 'x' },
    )
    expect(await readdir(folder)).toEqual([...new Set([...before, 'layer.zip'])].sort())
  })

  it('bytes that are changed anywhere end the reading or are told, and never hang it', async () => {
    const good = buildZip([
      { name: 'lib/a.so', content: ELF },
      { name: 'python/app.py', content: 'x = 1\n' },
    ])
    for (let at = 0; at < good.length; at += Math.ceil(good.length / 50)) {
      const bad = Buffer.from(good)
      bad[at] = (bad[at] ?? 0) ^ 0xff
      await readBytes(bad).catch((error: unknown) => expect(error).toMatchObject({ code: 'layer-invalid' }))
    }
  })
})

it('a cancelled run stops', async () => {
  const aborted = localLayerFiles({ signal: AbortSignal.abort(new Error('cancelled')) })
  const entries = Array.from({ length: 600 }, (_, index) => ({ name: `f${index}` }))
  await writeFile(join(folder, 'many.zip'), buildZip(entries))
  await expect(readLayer(join(folder, 'many.zip'), 'x86_64', { layerFiles: aborted })).rejects.toThrow('cancelled')
})
