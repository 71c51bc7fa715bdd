import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { labFolders } from '../../lab/folders.ts'
import { run as command } from '../../lab/process/command.ts'
import { ensurePip } from '../../lab/python.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { buildZip } from '../builders/zip.ts'
import { FROM_TABLE, layerFolder, NO_ENGINE } from './layer-world.ts'
import { startWorld, type World } from './world.ts'

let world: World
let folder: string
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  await ensurePip(labFolders())
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-paths-'))
  return async () => {
    await result.dispose()
    await rm(folder, { recursive: true, force: true })
  }
})
afterAll(() => world[Symbol.asyncDispose]())

const run = async (inputs: Record<string, string>) => {
  await result?.dispose()
  const layer = { kind: 'layer', runtime: 'python3.11', publish: 'never', ...FROM_TABLE }
  result = await world.run({ ...layer, ...inputs }, NO_ENGINE)
  return result
}
const found = () => result.report?.findings.map(({ level, rule, subject }) => `${level} ${rule} ${subject}`)

/** Contract §4.9 by another implementation: lines of a folder, or of a zip's entries, hashed by Python. */
function fingerprint(path: string): string {
  const script = `import hashlib, os, stat, sys, zipfile
root, lines = sys.argv[1], []
sha256 = lambda data: hashlib.sha256(data).hexdigest().encode()
if os.path.isdir(root):
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(folder, name)
            mode = os.lstat(path).st_mode
            key = os.fsencode(os.path.relpath(path, root))
            if stat.S_ISLNK(mode): lines.append(key + b'\\0link\\0' + os.fsencode(os.readlink(path)))
            elif stat.S_ISREG(mode): lines.append(key + b'\\0' + (b'755' if mode & 0o111 else b'644') + b'\\0' + sha256(open(path, 'rb').read()))
else:
    for entry in zipfile.ZipFile(root).infolist():
        mode, data = entry.external_attr >> 16, zipfile.ZipFile(root).read(entry)
        if stat.S_ISLNK(mode): lines.append(entry.filename.encode() + b'\\0link\\0' + data)
        elif not entry.is_dir(): lines.append(entry.filename.encode() + b'\\0' + (b'755' if mode & 0o111 else b'644') + b'\\0' + sha256(data))
print(hashlib.sha256(b''.join(line + b'\\n' for line in sorted(lines))).hexdigest())`
  return execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }).trim()
}

describe('`layer-path`', () => {
  it('has the fingerprint that the contract describes, as folder, by a link to it, and as the zip that was made', async () => {
    const layer = await layerFolder(join(folder, 'layer'), {
      'python/shop/__init__.py': 'VERSION = 1\n',
      'python/shop/ünï.txt': 'ü',
      'python/Z.py': '',
      'python/a.py': 'x = 1\n',
      'bin/tool': '#!/bin/sh\n',
    })
    await command('chmod', ['700', join(layer, 'bin/tool')])
    await symlink('shop', join(layer, 'python/store'))
    execFileSync('mkfifo', [join(layer, 'python/pipe')])
    await symlink('layer', join(folder, 'link'))
    const expected = fingerprint(layer)
    await run({ 'layer-path': join(folder, 'link'), 'report-dir': join(folder, 'report') })
    expect([result.exitCode, result.report?.subject.name, result.outputs['content-fingerprint']]).toEqual([
      0,
      'link',
      expected,
    ])
    expect(found()).toContain('warning zip-entries /opt/python/pipe')
    const zip = join(folder, 'report/layer.zip')
    expect([result.outputs['layer-zip'], fingerprint(zip)]).toEqual([zip, expected])
    await run({ 'layer-path': zip })
    expect(result.outputs['content-fingerprint']).toBe(expected)
  })

  it('is not where the report is written: the zip would hold itself', async () => {
    const layer = await layerFolder(join(folder, 'layer'), { 'python/app.py': '' })
    await symlink('layer', join(folder, 'link'))
    await run({ 'layer-path': layer, 'report-dir': join(folder, 'link/report') })
    expect(result.report?.failure).toMatchObject({ stage: 'plan', code: 'invalid-input' })
    expect(result.report?.failure?.message).toMatch(
      /`report-dir` .*link\/report.*becomes the layer whole.* Accepted: a folder beside it/s,
    )
    expect(await readdir(layer)).toEqual(['python'])
    expect(result.reportPath).toContain(result.temporary)
  })

  it('that no zip can hold as it is, is told by name', async () => {
    const name = Buffer.concat([Buffer.from(`${folder}/layer/python/caf`), Buffer.from([0xe9]), Buffer.from('.py')])
    const layer = await layerFolder(join(folder, 'layer'), { 'python/app.py': '' })
    await writeFile(name, '')
    await run({ 'layer-path': layer })
    expect(result.report?.failure).toMatchObject({ stage: 'inspect', code: 'layer-invalid' })
    expect(result.report?.failure?.message).toContain('python/caf\\xe9.py')
  })

  it('whose links lead out of it, or nowhere, is told where', async () => {
    const layer = await layerFolder(join(folder, 'layer'), { 'python/app.py': '', 'python/gone/__init__.py': '' })
    await symlink('../../etc/passwd', join(layer, 'python/out'))
    await symlink('/home/runner/shop', join(layer, 'python/shop'))
    await symlink('loop', join(layer, 'python/loop'))
    await run({ 'layer-path': layer, 'fail-on': 'never' })
    expect(found()?.filter((line) => line.includes('broken-link')).length).toBeGreaterThan(0)
    const text = JSON.stringify(result.report?.findings)
    for (const place of ['/opt/python/shop', '/opt/python/loop']) expect(text).toContain(place)
    expect(await readFile(result.outputs['layer-zip'] ?? '')).not.toContain('root:')
  })

  it('of more files than the plain zip format counts is packed, and warned about', async () => {
    const layer = join(folder, 'layer/python')
    await mkdir(layer, { recursive: true })
    await command('sh', ['-c', 'seq 1 70000 | sed s/$/.py/ | xargs touch'], { cwd: layer })
    await run({ 'layer-path': join(folder, 'layer') })
    expect(found()).toContain('warning zip-entries zip')
    expect(result.outputs['content-fingerprint']).toBe(fingerprint(join(folder, 'layer')))
    expect(await command('unzip', ['-Z', '-h', result.outputs['layer-zip'] ?? ''])).toContain('70001')
  })

  it('with wrong names beside it is told all of them at once, and AWS is asked nothing', async () => {
    const layer = await layerFolder(join(folder, 'layer'), { 'python/app.py': '' })
    const wrong = {
      'layer-name': 'my layer!',
      'share-with': '123',
      'compatible-runtimes': 'python3.99',
      'license-info': 'x'.repeat(513),
    }
    await run({ 'layer-path': layer, publish: 'always', ...wrong })
    expect(result.report?.failure).toMatchObject({ stage: 'plan', code: 'invalid-input' })
    for (const [name, value] of Object.entries(wrong)) {
      expect(result.report?.failure?.message).toContain(`\`${name}\``)
      if (value.length < 20) expect(result.report?.failure?.message).toContain(value)
    }
    expect(world.aws.calls).toEqual([])
  })

  it('of another runtime is not published, and nothing is asked of AWS that writes', async () => {
    const layer = await layerFolder(join(folder, 'layer'), { 'nodejs/node_modules/x/index.js': '' })
    await run({ 'layer-path': layer, 'layer-name': 'shop', publish: 'always' })
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    expect(world.aws.calls.filter(({ operation }) => !/^(?:Get|List|Head)/.test(operation))).toEqual([])
    expect(result.outputs).not.toHaveProperty('layer-version-arn')
  })

  it('of folders only is no layer', async () => {
    await mkdir(join(folder, 'layer/python'), { recursive: true })
    await run({ 'layer-path': join(folder, 'layer') })
    expect([result.exitCode, result.report?.failure?.code]).toEqual([1, 'layer-invalid'])
    expect(result.report?.failure?.message).toContain('holds no file')
  })
})

describe('a finished zip', () => {
  const zip = async (bytes: Buffer) => {
    await writeFile(join(folder, 'layer.zip'), bytes)
    return join(folder, 'layer.zip')
  }

  it('is told everything that is wrong with its entries in one run, and nothing of it is unpacked or shown raw', async () => {
    const file = { mode: 0o100644, content: 'x = 1\n' }
    const bytes = buildZip([
      { ...file, name: 'python/app.py' },
      { ...file, name: '../../lambda-parity-escape' },
      { ...file, name: '/tmp/lambda-parity-escape' },
      { ...file, name: 'python\\windows.py' },
      { ...file, name: 'python/twice.py' },
      { ...file, name: 'python/twice.py', content: 'x = 2\n' },
      { ...file, name: 'python/Case.py' },
      { ...file, name: 'python/case.py' },
      { ...file, name: 'python/nul\0.py' },
      { ...file, name: 'python/\u001b[31mred\n::error::x.py' },
      { ...file, name: 'python/locked.py', flags: 0x801 },
      { ...file, name: 'python/lzma.py', method: 14 },
      { ...file, name: 'python/short.py', claims: { size: 3 } },
      { ...file, name: 'python/sum.py', claims: { crc32: 1 } },
      { ...file, name: 'python/elsewhere.py', claims: { localName: 'python/other.py' } },
      { ...file, name: 'python/pipe', mode: 0o010644 },
      { name: 'python/out', content: '../../etc', mode: 0o120777 },
      { ...file, name: 'python/out/passwd' },
    ])
    await run({ 'layer-path': await zip(bytes) })
    expect([result.exitCode, result.report?.failure?.code]).toEqual([1, 'findings'])
    const messages = result.report?.findings
      .filter(({ rule }) => rule === 'zip-entries')
      .map(({ level, message }) => `${level} ${message}`)
    for (const said of [
      /^error .*leads out of the layer/,
      /^error .*absolute name/,
      /^error .*backslashes/,
      /^error .*no name/,
      /^error .*lies below a path that is no folder/,
      /^error .*encrypted/,
      /^error .*3 entries are damaged/,
      /^warning .*more than once/,
      /^warning .*upper and lower case/,
      /^warning .*neither stored nor deflated/,
      /^warning .*device, pipe or socket/,
    ]) {
      expect(messages).toContainEqual(expect.stringMatching(said))
    }
    expect(messages).toHaveLength(11)
    for (const text of [result.log, result.summary]) expect(text).not.toContain('\u001b[31m')
    expect(result.log).not.toMatch(/^::error::x/m)
    expect(await readdir(tmpdir())).not.toContain('lambda-parity-escape')
  })

  it.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 30), 'inspect', 'layer-invalid'],
    [
      'with other bytes in front',
      (whole: Buffer) => Buffer.concat([Buffer.from('#!/bin/sh\n'), whole]),
      'plan',
      'invalid-input',
    ],
    [
      'with a list of entries that is longer than it is',
      (whole: Buffer) => overCounted(whole),
      'inspect',
      'layer-invalid',
    ],
  ])('%s is refused', async (_, change, stage, code) => {
    const whole = buildZip([{ name: 'python/app.py', content: 'x = 1\n'.repeat(50), mode: 0o100644 }])
    await run({ 'layer-path': await zip(change(whole)) })
    expect([result.exitCode, result.report?.failure?.stage, result.report?.failure?.code]).toEqual([1, stage, code])
    expect(result.outputs).not.toHaveProperty('layer-version-arn')
  })
})

/** The end record states more entries than there are. */
function overCounted(zip: Buffer): Buffer {
  const copy = Buffer.from(zip)
  const end = copy.length - 22
  copy.writeUInt16LE(9, end + 8)
  copy.writeUInt16LE(9, end + 10)
  return copy
}
