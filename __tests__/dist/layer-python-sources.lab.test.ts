import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ensureArchivers } from '../../lab/archivers.ts'
import { labFolders } from '../../lab/folders.ts'
import { run as command } from '../../lab/process/command.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { layerFolder } from './layer-world.ts'
import { docker, type RunOptions, startWorld, type World } from './world.ts'

let world: World
let images: Record<'lambda/python:3.11' | 'sam/build-python3.11:latest', string>
let managed: string
let folder: string
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  await ensureArchivers(labFolders())
  images = await world.lab.images(['lambda/python:3.11', 'sam/build-python3.11:latest'])
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-sources-'))
  managed = `lambda-parity-test/managed:${folder.split('-').at(-1)?.toLowerCase()}`
  const dockerfile = `FROM ${images['sam/build-python3.11:latest']}\nRUN touch /usr/lib/python3.11/EXTERNALLY-MANAGED\n`
  await command('docker', ['build', '--quiet', '--tag', managed, '-'], { input: dockerfile })
}, 900_000)
afterEach(() => result?.dispose())
afterAll(async () => {
  await docker('image', 'rm', managed)
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string>, options: RunOptions = {}) => {
  const python = { runtime: 'python3.11', 'runtime-image': images['lambda/python:3.11'] }
  const layer = { kind: 'layer', ...python, 'build-image': images['sam/build-python3.11:latest'], publish: 'never' }
  result = await world.run({ ...layer, ...inputs }, options)
  return result
}
const source = async (files: Readonly<Record<string, string>>) =>
  layerFolder(await mkdtemp(join(folder, 'source-')), files)
const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const distributions = async () => {
  const names = (await command('unzip', ['-Z1', result.outputs['layer-zip'] ?? ''])).trim().split('\n')
  return names.flatMap((name) => /^python\/([^/]+)\.dist-info\/$/.exec(name)?.[1] ?? []).sort()
}

const PROJECT = '[project]\nname = "my-shop"\nversion = "1.2.0"\nrequires-python = ">=3.11"\n'

it('a project that can be built is installed with its dependencies, and is no surprise', async () => {
  const root = await source({
    // By its own backend, as any other would, without a download.
    'pyproject.toml': `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n\n${PROJECT}`,
    'backend.py': BACKEND,
    'shop.py': 'import idna\nVERSION = 1\n',
  })
  await run({ 'layer-source': root })
  expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
  expect(await distributions()).toEqual(['idna-3.7', 'my_shop-1.2.0'])
  expect(stage('build')?.detail).toBe(`pyproject.toml with pip in ${images['sam/build-python3.11:latest']}`)
  expect(result.report?.smoke.cases.map(({ name, status }) => `${name}: ${status}`)).toEqual([
    'import idna: passed',
    'import shop: passed',
  ])
})

it('of a project without build backend only the dependencies are; what was built from source is said every time', async () => {
  const root = await source({
    'pyproject.toml': `${PROJECT}dependencies = ["docopt==0.6.2"]\n[tool.ruff]\nline-length = 100\n`,
    'shop.py': 'VERSION = 1\n',
  })
  const tools = { env: { RUNNER_TOOL_CACHE: join(folder, 'tools') } }
  await run({ 'layer-source': root, 'build-image': managed, smoke: 'false', 'runtime-image': '' }, tools)
  expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
  expect(await distributions()).toEqual(['docopt-0.6.2'])
  expect(stage('build')?.detail).toMatch(/; from source: docopt$/)
  expect(result.log).toMatch(/^::warning::.*Built from source in .*: docopt/m)
  const { 'code-sha256': first } = result.outputs
  await result.dispose()
  await run({ 'layer-source': root, 'build-image': managed, smoke: 'false', 'runtime-image': '' }, tools)
  expect(result.log).not.toMatch(/^\s+Building wheel for docopt/m)
  expect(stage('build')?.detail).toMatch(/; from source: docopt$/)
  expect(result.outputs['code-sha256']).toBe(first)
})

it.each([
  ['has neither', '[tool.ruff]\nline-length = 100\n', 'neither [project] nor [build-system]'],
  ['says that they are dynamic', '[project]\nname = "a"\nversion = "1"\ndynamic = ["dependencies"]\n', 'are dynamic'],
  ['is no TOML', '[project\n', 'TOMLDecodeError'],
])('a pyproject.toml that %s is told', async (_, text, said) => {
  await run({ 'layer-source': await source({ 'pyproject.toml': text }) })
  expect(result.report?.failure).toMatchObject({ stage: 'build', code: 'build-failed' })
  expect(result.report?.failure?.message).toContain(said)
})

it('uv.lock out of step with pyproject.toml is told; hashes of requirements.txt are held to', async () => {
  const locked = (wanted: string) => ({
    'pyproject.toml': `${PROJECT}dependencies = ["${wanted}"]\n`,
    'uv.lock': UV_LOCK,
  })
  await run({ 'layer-source': await source(locked('idna>=3.8')), smoke: 'false' })
  expect(result.report?.failure).toMatchObject({
    stage: 'build',
    code: 'build-failed',
    message: expect.stringContaining('`uv.lock` needs to be updated'),
    help: expect.stringContaining('Lock file and manifest do not agree'),
  })
  await result.dispose()
  // A mirror for this runner makes no other lock file.
  const mirror = { env: { UV_DEFAULT_INDEX: 'https://pypi.org/simple/' } }
  await run({ 'layer-source': await source(locked('idna')), smoke: 'false' }, mirror)
  expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
  expect(await distributions()).toEqual(['idna-3.7'])
  await result.dispose()
  const hashed = `idna==3.7 --hash=sha256:${'0'.repeat(64)}\n`
  await run({ 'layer-source': await source({ 'requirements.txt': hashed }) })
  expect(result.report?.failure?.message).toContain('DO NOT MATCH THE HASHES')
})

const UV_LOCK = `version = 1
revision = 3
requires-python = ">=3.11"

[[package]]
name = "idna"
version = "3.7"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.pythonhosted.org/packages/21/ed/f86a79a07470cb07819390452f178b3bef1d375f2ec021ecfc709fc7cf07/idna-3.7.tar.gz", hash = "sha256:028ff3aadf0609c1fd278d8ea3089299412a7a8b9bd005dd08b9f8285bcb5cfc", size = 189575 }
wheels = [
    { url = "https://files.pythonhosted.org/packages/e5/3e/741d8c82801c347547f8a2a06aa57dbb1992be9e948df2ea0eda2c8b79e8/idna-3.7-py3-none-any.whl", hash = "sha256:82fee1fc78add43492d3a1898bfa6d8a904cc97d8427f683ed8e798d07761aa0", size = 66836 },
]

[[package]]
name = "my-shop"
version = "1.2.0"
source = { virtual = "." }
dependencies = [
    { name = "idna" },
]

[package.metadata]
requires-dist = [{ name = "idna" }]
`

const BACKEND = `import zipfile

METADATA = 'Metadata-Version: 2.1\\nName: my-shop\\nVersion: 1.2.0\\nRequires-Dist: idna==3.7\\n'
WHEEL = 'Wheel-Version: 1.0\\nGenerator: own\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'

def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = 'my_shop-1.2.0-py3-none-any.whl'
    with zipfile.ZipFile(folder + '/' + name, 'w') as wheel:
        info = 'my_shop-1.2.0.dist-info/'
        wheel.write('shop.py')
        for path, text in ((info + 'METADATA', METADATA), (info + 'WHEEL', WHEEL)):
            wheel.writestr(path, text)
        wheel.writestr(info + 'RECORD', ''.join(path + ',,\\n' for path in ('shop.py', info + 'METADATA', info + 'WHEEL', info + 'RECORD')))
    return name
`
