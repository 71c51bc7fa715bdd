import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureArchivers } from '../../lab/archivers.ts'
import { labFolders } from '../../lab/folders.ts'
import { run as command } from '../../lab/process/command.ts'
import { ensurePip, pip } from '../../lab/python.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import { buildElf } from '../builders/elf.ts'
import { buildZip } from '../builders/zip.ts'
import { layerFolder } from './layer-world.ts'
import { type RunOptions, startWorld, type World } from './world.ts'

// Nothing listens there.
const NO_ENGINE = { env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } } satisfies RunOptions

let world: World
let python: string
let folder: string
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  const images = await world.lab.images(['lambda/python:3.11'])
  python = images['lambda/python:3.11']
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-layers-'))
  await ensurePip(labFolders())
  await ensureArchivers(labFolders())
  await numpy('3.11', join(folder, 'right/python'))
  await numpy('3.13', join(folder, 'other/python'))
  await cp(join(folder, 'right/python'), join(folder, 'open'), { recursive: true })
  await command('zip', ['-qry', join(folder, 'right.zip'), '.'], { cwd: join(folder, 'right') })
}, 600_000)
afterEach(() => result.dispose())
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

/** A real package with native code, as it is installed for a Python on Linux. */
async function numpy(version: string, target: string): Promise<void> {
  await pip([
    ...[
      'install',
      '--no-deps',
      '--target',
      target,
      '--platform',
      'manylinux_2_28_x86_64',
      '--python-version',
      version,
      '--only-binary=:all:',
    ],
    'numpy==2.3.5',
  ])
}

const run = async (inputs: Record<string, string>, options: RunOptions = {}) => {
  const layer = { kind: 'layer', runtime: 'python3.11', 'runtime-image': python }
  result = await world.run({ ...layer, ...inputs }, options)
  return result
}
const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const errors = () => result.report?.findings.filter(({ level }) => level === 'error') ?? []

describe('a layer', () => {
  it('that is right is checked against its runtime, and nothing else is done with it', async () => {
    const path = join(folder, 'right')
    await run({ 'layer-path': path, 'layer-name': 'numpy', publish: 'never' })
    const { report, outputs, exitCode } = result
    expect([exitCode, report?.failure, errors()]).toEqual([0, undefined, []])
    expect(report?.subject).toMatchObject({
      kind: 'layer',
      name: 'numpy',
      reference: path,
      architecture: 'x86_64',
      platform: 'linux/amd64',
      runtime: 'python3.11',
    })
    expect(report?.subject.bytes?.uncompressed).toBeGreaterThan(10_000_000)
    const zip = await readFile(outputs['layer-zip'] ?? '')
    expect(report?.subject.bytes?.compressed).toBe(zip.length)
    expect(outputs['code-sha256']).toBe(createHash('sha256').update(zip).digest('base64'))
    expect(report?.environments.runtime).toMatchObject({ reference: python, source: 'scanned' })
    expect(report?.environments).not.toHaveProperty('artifact')
    expect(report?.smoke.cases).toMatchObject([{ name: 'import numpy', status: 'passed' }])
    for (const name of ['build', 'publish', 'deploy', 'wait', 'verify']) {
      expect([name, stage(name)?.status]).toEqual([name, 'skipped'])
    }
    expect(stage('publish')?.detail).toBe('`publish` is `never`')
    expect(outputs).toMatchObject({
      'parity-status': expect.stringMatching(/passed|warned/),
      'smoke-status': 'passed',
    })
    expect(outputs['content-fingerprint']).toMatch(/^[0-9a-f]{64}$/)
    for (const name of ['image-size', 'local-image']) expect(outputs).not.toHaveProperty(name)
    expect(world.aws.calls).toEqual([])
    expect(await world.leftovers()).toEqual([])
    expect(result.summary).toContain('of 250 MB for function and all layers')
  })

  it('that is a zip is named by its own path, its digest and the fingerprint of its folder', async () => {
    const path = join(folder, 'right.zip')
    await run({ 'layer-path': join(folder, 'right') })
    const fingerprint = result.outputs['content-fingerprint']
    await result.dispose()
    await run({ 'layer-path': path })
    expect([result.exitCode, errors()]).toEqual([0, []])
    const bytes = await readFile(path)
    expect(result.outputs).toMatchObject({
      'layer-zip': path,
      'code-sha256': createHash('sha256').update(bytes).digest('base64'),
      'content-fingerprint': fingerprint,
    })
    expect(result.report?.subject).toMatchObject({ name: 'right', bytes: { compressed: bytes.length } })
  })

  it('E1: whose packages lie in the wrong top folder is an error that says where they belong', async () => {
    await run({ 'layer-path': join(folder, 'open') })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    expect(errors()).toMatchObject([
      {
        rule: 'layer-layout',
        message: expect.stringContaining('`python3.11` does not look for modules there'),
        expected: '`python/numpy`',
        help: expect.stringContaining('mkdir -p python && mv numpy'),
      },
    ])
    expect(result.outputs['parity-status']).toBe('failed')
  })

  it('of another Python does not load, as the checks say', async () => {
    const path = join(folder, 'other')
    await run({ 'layer-path': path })
    expect(result.exitCode).toBe(1)
    expect(errors()).toMatchObject([{ owner: 'pkg:pypi/numpy' }, { rule: 'smoke', subject: 'import numpy' }])
    const argv = [
      'run',
      '--rm',
      '--entrypoint',
      'python3',
      '--volume',
      `${path}:/opt:ro`,
      '--env',
      'PYTHONPATH=/opt/python',
    ]
    await expect(command('docker', [...argv, python, '-c', 'import numpy'])).rejects.toThrow()
  })

  it('for several runtimes is checked for each', async () => {
    const elf = { class: 64, littleEndian: true, machine: 62, needed: ['libc.so.6'] } as const
    const versions = [{ name: 'GLIBC_2.33', weak: false }]
    const path = await layerFolder(join(folder, 'several'), {
      'python/shop/__init__.py': '',
      'python/shop/newer.abi3.so': buildElf({ ...elf, versionsNeeded: [{ file: 'libc.so.6', versions }] }),
      'python/shop/tagged.cpython-311-x86_64-linux-gnu.so': buildElf(elf),
    })
    // What the engine has by a runtime's name stands for that runtime.
    const { 'lambda/python:3.9': older } = await world.lab.images(['lambda/python:3.9'])
    const name = findRuntime('python3.9')?.baseImage ?? ''
    await command('docker', ['tag', older, name])
    try {
      await run({ 'layer-path': path, 'compatible-runtimes': 'python3.11, python3.9, python3.13' })
    } finally {
      await command('docker', ['image', 'rm', '--no-prune', name])
    }
    expect(stage('inspect')?.detail).toMatch(
      /python:3\.11 \(scanned\), public\.ecr\.aws\/lambda\/python:3\.9 \(scanned\), public\.ecr\.aws\/lambda\/python:3\.13-x86_64 \(table\)/,
    )
    expect(result.report?.subject.runtimes).toMatchObject([
      { runtime: 'python3.11', source: 'scanned' },
      { runtime: 'python3.9', source: 'scanned' },
      { runtime: 'python3.13', source: 'table' },
    ])
    expect(result.summary).toContain(
      'Judged for `python3.11`, `python3.9`, `python3.13` (table of runtimes, image not read)',
    )
    // Each is judged by its own; of the others the smoke, which passed in the first, can tell nothing.
    expect(result.report?.smoke).toMatchObject({ status: 'passed', cases: [{ name: 'import shop' }] })
    const told = errors().map(({ rule, confidence, runtimes }) => `${rule} ${confidence} ${runtimes}`)
    expect(told).toEqual(['python-extension-tag proven python3.9', 'symbol-version proven python3.9'])
    for (const finding of errors()) {
      expect(finding.message).toMatch(/^On `python3\.9`: (?!.*no smoke case failed)/)
      expect(finding).not.toHaveProperty('confirmedBy')
    }
    const onTable = result.report?.findings.filter(({ runtimes }) => runtimes?.includes('python3.13')) ?? []
    expect(onTable.map(({ rule, confidence }) => `${rule} ${confidence}`)).toContain('python-extension-tag heuristic')
  })
})

describe('a layer without its runtime image', () => {
  it('is checked against the table when the image was not asked for', async () => {
    await run({ 'layer-path': join(folder, 'open'), 'runtime-image': '' }, NO_ENGINE)
    expect(result.report?.environments.runtime).toMatchObject({ source: 'table' })
    expect(errors()).toMatchObject([{ rule: 'layer-layout' }])
    expect(result.log).toContain('is taken from the table of runtimes')
  })

  it('is not when it was', async () => {
    await run({ 'layer-path': join(folder, 'right') }, NO_ENGINE)
    expect(result.report?.failure).toMatchObject({ stage: 'inspect', code: 'docker-unavailable' })
    // What the layer itself tells is known all the same.
    expect(result.outputs['content-fingerprint']).toMatch(/^[0-9a-f]{64}$/)
    await result.dispose()
    await run({ 'layer-path': join(folder, 'right'), 'runtime-image': 'no-such-image:1' })
    expect(result.report?.failure).toMatchObject({ stage: 'inspect', code: 'image-not-found' })
  })
})

describe('a hostile or broken layer', () => {
  const zip = async (name: string, bytes: Buffer) => {
    const path = join(folder, name)
    await writeFile(path, bytes)
    return path
  }

  it('writes nothing and is an error', async () => {
    const entries = [
      { name: '../../../tmp/lambda-parity-evil', content: 'x', mode: 0o100644 },
      { name: 'python/link', content: '/etc', mode: 0o120777 },
      { name: 'python/link/passwd', content: 'root::0:0', mode: 0o100644 },
      { name: 'python/app.py', content: 'x = 1', mode: 0o100600 },
    ]
    const path = await zip('hostile.zip', buildZip(entries))
    await run({ 'layer-path': path }, NO_ENGINE)
    await result.dispose()
    await run({ 'layer-path': path, 'runtime-image': '' }, NO_ENGINE)
    expect(errors().map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      'unreadable-file /opt/python/app.py',
      'zip-entries ../../../tmp/lambda-parity-evil',
      'zip-entries python/link/passwd',
    ])
    expect(await readdir(tmpdir())).not.toContain('lambda-parity-evil')
  })

  it('a bomb is told by its size in no time', async () => {
    const entries = Array.from({ length: 20 }, (_, index) => ({
      name: `python/b${index}`,
      content: Buffer.alloc(1024 * 1024),
      mode: 0o100644,
      claims: { size: 0xf0000000 },
    }))
    await run({ 'layer-path': await zip('bomb.zip', buildZip(entries)), 'runtime-image': '' }, NO_ENGINE)
    expect(errors().map(({ rule }) => rule)).toContain('size-limit')
  })

  it('what is no zip says so', async () => {
    await run({
      'layer-path': await zip('cut.zip', buildZip([{ name: 'a', content: 'x'.repeat(900) }]).subarray(0, 60)),
    })
    expect(result.report?.failure).toMatchObject({ stage: 'inspect', code: 'layer-invalid' })
    await result.dispose()
    await run({ 'layer-path': await zip('notes.zip', Buffer.from('hello')) })
    expect(result.report?.failure).toMatchObject({ stage: 'plan', code: 'invalid-input' })
  })

  it('an empty folder says so', async () => {
    await mkdir(join(folder, 'empty'))
    await run({ 'layer-path': join(folder, 'empty') })
    expect(result.report?.failure?.message).toContain('The folder is empty')
  })
})
