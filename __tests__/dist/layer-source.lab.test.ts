import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureArchivers } from '../../lab/archivers.ts'
import { labFolders } from '../../lab/folders.ts'
import { run as command } from '../../lab/process/command.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { layerFolder, toolCacheIn, zipEntries } from './layer-world.ts'
import { type RunOptions, startWorld, type World } from './world.ts'

let world: World
let images: Record<'lambda/python:3.11' | 'sam/build-python3.11:latest', string>
let folder: string
let tools: string
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  await ensureArchivers(labFolders())
  images = await world.lab.images(['lambda/python:3.11', 'sam/build-python3.11:latest'])
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-sources-'))
  tools = await toolCacheIn(folder)
}, 900_000)
afterEach(() => result?.dispose())
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

/** A folder of these files, by name and text. */
const source = (name: string, files: Readonly<Record<string, string>>) => layerFolder(join(folder, name), files)

const run = async (inputs: Record<string, string>, options: RunOptions = {}) => {
  const python = { runtime: 'python3.11', 'runtime-image': images['lambda/python:3.11'] }
  const layer = { kind: 'layer', ...python, 'build-image': images['sam/build-python3.11:latest'] }
  result = await world.run({ ...layer, ...inputs }, { ...options, env: { RUNNER_TOOL_CACHE: tools, ...options.env } })
  return result
}
const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const entries = () => zipEntries(result)

describe('E2: a layer of dependencies', () => {
  it('is installed in the build image where functions find it, the same on every build', async () => {
    const requests = await source('requests', { 'requirements.txt': 'requests==2.32.3\n' })
    await run({ 'layer-source': requests, 'layer-name': 'requests' })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(stage('build')).toMatchObject({
      status: 'passed',
      detail: `requirements.txt with pip in ${images['sam/build-python3.11:latest']}`,
    })
    expect(result.report?.subject).toMatchObject({
      name: 'requests',
      reference: expect.stringMatching(/^arn:aws:lambda:[a-z0-9-]+:\d{12}:layer:requests:1$/),
    })
    expect(result.report?.environments.build).toMatchObject({ reference: images['sam/build-python3.11:latest'] })
    expect(result.report?.smoke).toMatchObject({
      status: 'passed',
      constraints: { 'read-only-root': { enforced: true } },
    })
    expect(result.report?.smoke.cases.map(({ name, status }) => `${name}: ${status}`)).toEqual(
      ['certifi', 'charset_normalizer', 'idna', 'requests', 'urllib3'].map((name) => `import ${name}: passed`),
    )
    expect(await entries()).toEqual(expect.arrayContaining(['python/', 'python/requests/__init__.py']))
    expect((await entries()).filter((name) => name.endsWith('.pyc'))).toEqual([])
    expect(await world.leftovers()).toEqual([])
    const { 'code-sha256': first, 'content-fingerprint': fingerprint } = result.outputs
    await result.dispose()

    await run({ 'layer-source': requests })
    expect(result.outputs).toMatchObject({ 'code-sha256': first, 'content-fingerprint': fingerprint })
  })

  it('of a project with uv.lock is what the lock file says', async () => {
    // The newest idna is another: only who reads the lock file takes this one.
    const project = await source('locked', {
      'pyproject.toml': '[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["idna"]\n',
      'uv.lock': `version = 1
requires-python = ">=3.11"

[[package]]
name = "app"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "idna" }]

[package.metadata]
requires-dist = [{ name = "idna" }]

[[package]]
name = "idna"
version = "3.7"
source = { registry = "https://pypi.org/simple" }
wheels = [
  { url = "https://files.pythonhosted.org/packages/e5/3e/741d8c82801c347547f8a2a06aa57dbb1992be9e948df2ea0eda2c8b79e8/idna-3.7-py3-none-any.whl", hash = "sha256:82fee1fc78add43492d3a1898bfa6d8a904cc97d8427f683ed8e798d07761aa0" },
]
`,
    })
    await run({ 'layer-source': project })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(stage('build')?.detail).toContain('uv.lock with uv')
    expect((await entries()).filter((name) => /dist-info\/$/.test(name))).toEqual(['python/idna-3.7.dist-info/'])
  })
})

describe('`build-command`', () => {
  it('finds the source at /src, read-only, and leaves the layer in /out; nothing stays that is not the caller’s', async () => {
    const plain = await source('plain', { Makefile: 'build-Tool:\n\techo "echo hello" > "$(ARTIFACTS_DIR)/tool"\n' })
    const lines = [
      'make build-Tool',
      'if touch /src/x; then exit 9; fi',
      'mkdir /out/bin && install -m 755 /out/tool /out/bin/ && rm /out/tool',
      'echo "user: $(id -u):$(id -g), proxy: $HTTPS_PROXY, key: $AWS_SECRET_ACCESS_KEY" | tee kept',
      'tail -n 3 "$SSL_CERT_FILE"',
      'touch "$XDG_CACHE_HOME/kept"',
    ]
    const bundle = await source('bundle', {
      'ca.pem': '-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n',
    })
    await run(
      { 'layer-source': plain, 'build-command': lines.join('\n'), 'ca-bundle': join(bundle, 'ca.pem') },
      { env: { HTTPS_PROXY: 'http://user:proxy-password@proxy.example:3128', NO_PROXY: '127.0.0.1' } },
    )
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    const user = `${process.getuid?.()}:${process.getgid?.()}`
    expect(result.log).toContain(`user: ${user}, proxy: http://user:***@proxy.example:3128, key: \n`)
    expect(result.log).toContain('\nours\n')
    expect(result.log.replace('::add-mask::proxy-password', '')).not.toContain('proxy-password')
    expect(await entries()).toEqual(['bin/', 'bin/tool'])
    expect(await stat(result.outputs['layer-zip'] ?? '')).toMatchObject({ uid: process.getuid?.() })
    expect(await command('ls', ['-A', plain])).toBe('Makefile\n')
    expect(await command('ls', ['-A', join(result.temporary, 'temp')])).toBe('lambda-parity\n')
    expect(await world.leftovers()).toEqual([])
  })

  it('that fails is told by its last lines', async () => {
    const plain = await source('failing', { 'app.py': '' })
    await run({ 'layer-source': plain, 'build-command': 'seq 1 40\nnosuchcommand --now\necho never' })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({
      stage: 'build',
      code: 'build-failed',
      message: expect.stringMatching(/exit code 127 in .*\n22\n(?:\d+\n)+40\n.*nosuchcommand: command not found$/s),
      help: expect.stringContaining('not in the build image'),
    })
    expect(result.log).not.toMatch(/^never$/m)
    expect(result.outputs).not.toHaveProperty('layer-zip')
    expect(await world.leftovers()).toEqual([])
  })

  it('that leaves nothing is told so', async () => {
    const plain = await source('nothing', { 'app.py': '' })
    await run({ 'layer-source': plain, 'build-command': 'mkdir -p /out/python; ls "$XDG_CACHE_HOME"' })
    expect(result.report?.failure).toMatchObject({
      stage: 'build',
      code: 'build-failed',
      message: expect.stringContaining('left nothing in /out'),
    })
    // What an earlier build in this image put into its cache.
    expect(result.log).toMatch(/^kept$/m)
  })

  it('that is cancelled is gone with its container', async () => {
    const plain = await source('endless', { 'app.py': '' })
    let kill: (signal: NodeJS.Signals) => void = () => undefined
    let asked = 0
    await run(
      { 'layer-source': plain, 'build-command': 'trap "" TERM; echo under way; while :; do sleep 1; done' },
      {
        onStart: (stop) => {
          kill = stop
        },
        onOutput: (text) => {
          if (text.includes('under way\n') && asked++ === 0) kill('SIGTERM')
        },
      },
    )
    expect([asked > 0, result.exitCode, result.report?.failure?.code]).toEqual([true, 1, 'cancelled'])
    expect(stage('build')?.status).toBe('failed')
    expect(await world.leftovers()).toEqual([])
    expect(await command('ls', ['-A', join(result.temporary, 'temp')])).toBe('lambda-parity\n')
  })
})

describe('`BuildMethod: makefile` of a template', () => {
  const template = (id: string) => `Transform: AWS::Serverless-2016-10-31
Resources:
  ${id}:
    Type: AWS::Serverless::LayerVersion
    Metadata: { BuildMethod: makefile }
    Properties: { LayerName: shared, ContentUri: layer/, CompatibleRuntimes: [python3.11] }
`
  const Makefile = `build-Shared:
\tmkdir -p "$(ARTIFACTS_DIR)/python"
\tsed s/dev/$$(python3 -c 'print(40 + 2)')/ shared.py > "$(ARTIFACTS_DIR)/python/shared.py"
`

  it('runs make for the layer, where SAM would, and takes what it puts into ARTIFACTS_DIR', async () => {
    const folderOf = await source('makefile', {
      'template.yaml': template('Shared'),
      'layer/Makefile': Makefile,
      'layer/shared.py': 'VERSION = dev\n',
    })
    await run({ template: join(folderOf, 'template.yaml'), runtime: '' })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(result.report?.plan).toMatchObject({
      'build-command': { value: expect.stringMatching(/make build-Shared$/), source: 'template' },
    })
    expect(await entries()).toEqual(['python/', 'python/shared.py'])
    expect(await command('unzip', ['-p', result.outputs['layer-zip'] ?? '', 'python/shared.py'])).toBe('VERSION = 42\n')
    expect(result.report?.smoke.cases).toMatchObject([{ name: 'import shared', status: 'passed' }])
    expect(await command('ls', [join(folderOf, 'layer')])).toBe('Makefile\nshared.py\n')
  })

  it('says what make says when there is no such target', async () => {
    const folderOf = await source('no-target', {
      'template.yaml': template('Other'),
      'layer/Makefile': Makefile,
      'layer/shared.py': '',
    })
    await run({ template: join(folderOf, 'template.yaml'), runtime: '' })
    expect(result.report?.failure).toMatchObject({ stage: 'build', code: 'build-failed' })
    expect(result.report?.failure?.message).toContain("No rule to make target 'build-Other'")
  })
})

describe('the smoke of a layer', () => {
  it('E1: is the user’s handler, with the layer at /opt, read-only', async () => {
    const layer = await source('own', { 'python/test2.py': 'def greet(name):\n    return "hello " + name\n' })
    const handler = await source('fn', {
      'app.py': `import helper, test2
def handler(event, context):
    try:
        open('/opt/python/x', 'w')
    except OSError as error:
        return {'said': test2.greet(event['name']), 'write': error.strerror, 'file': test2.__file__, 'own': helper.OWN}
`,
      'helper.py': 'OWN = True\n',
    })
    const event = { 'smoke-event': '{"name":"layer"}', 'smoke-handler': join(handler, 'app.handler') }
    await run({ 'layer-path': layer, 'build-image': '', ...event })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(result.report?.smoke.cases).toMatchObject([
      {
        status: 'passed',
        response: { said: 'hello layer', write: 'Read-only file system', file: '/opt/python/test2.py', own: true },
      },
    ])
    expect(await world.leftovers()).toEqual([])
    await result.dispose()
    await run({ 'layer-path': layer, 'build-image': '', 'smoke-handler': 'nowhere/app.handler' })
    expect(result.report?.failure).toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('nowhere/app.py'),
    })
  })

  it('names each package that cannot be loaded, and why', async () => {
    const layer = await source('broken', {
      'python/good.py': '',
      'python/bad.py': 'import not_there\n',
      'python/ends.py': 'import os\nos.abort()\n',
    })
    await run({ 'layer-path': layer, 'build-image': '' })
    expect(result.report?.failure).toMatchObject({ stage: 'smoke', code: 'smoke-failed' })
    expect(result.report?.smoke.cases).toMatchObject([
      {
        name: 'import bad',
        status: 'failed',
        error: { type: 'ModuleNotFoundError', message: "No module named 'not_there'" },
      },
      { name: 'import ends', status: 'failed', error: { type: 'Signal' } },
      { name: 'import good', status: 'passed' },
    ])
    await result.dispose()
    const tool = await source('tool', { 'lib/data.txt': 'x' })
    await run({ 'layer-path': tool, 'build-image': '' })
    expect([result.exitCode, result.outputs['smoke-status']]).toEqual([0, 'skipped'])
    expect(result.report?.smoke.reason).toContain('no package that `python3.11` could load')
  })

  it('loads packages of Node.js that npm installed, also those of ES modules', async () => {
    const { 'lambda/nodejs:22': node, 'sam/build-nodejs22.x:latest': builder } = await world.lab.images([
      'lambda/nodejs:22',
      'sam/build-nodejs22.x:latest',
    ])
    const modules = await source('modules', {
      'package.json': JSON.stringify({ dependencies: { ms: '2.1.3', 'p-limit': '6.1.0', '@types/ms': '2.1.0' } }),
    })
    await run({ runtime: 'nodejs22.x', 'runtime-image': node, 'build-image': builder, 'layer-source': modules })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    const cases = result.report?.smoke.cases.map(({ name, status }) => `${name}: ${status}`)
    expect(cases).toEqual(['require ms: passed', 'require p-limit: passed', 'require yocto-queue: passed'])
    expect(await entries()).not.toContain('nodejs/node_modules/.package-lock.json')
  })
})

describe('what cannot be built', () => {
  it('is told before anything is built, every wrong input at once', async () => {
    const path = await source('both', { 'python/app.py': '', 'requirements.txt': '' })
    const wrong = async (inputs: Record<string, string>) => {
      await run(inputs)
      const { failure, stages } = result.report ?? {}
      expect([result.exitCode, failure?.code, stages?.find(({ name }) => name === 'build')?.status]).toEqual([
        1,
        'invalid-input',
        'skipped',
      ])
      await result.dispose()
      return failure?.message ?? ''
    }
    expect(await wrong({ 'layer-source': path, 'layer-path': path })).toMatch(/layer-path.*beside `layer-source`/s)
    expect(await wrong({})).toMatch(/one of `layer-source` and `layer-path`, and neither is given/)
    const empty = await source('empty/kept', { 'nothing.txt': '' })
    for (const name of ['requirements.txt', 'pyproject.toml', 'package.json', 'Gemfile', 'pom.xml'])
      expect(await wrong({ 'layer-source': dirname(empty) })).toContain(`\`${name}\``)
    const node = await source('node', { 'package.json': '{}' })
    expect(await wrong({ 'layer-source': node })).toContain('`package.json`, which is not for `python3.11`')
    expect(await wrong({ 'layer-source': join(folder, 'gone'), 'fail-on': 'sometimes' })).toMatch(
      /fail-on(?=.*)[\s\S]*no such folder|no such folder[\s\S]*fail-on/,
    )
  })

  it('by an image that is not there, is told with the input that names it', async () => {
    const requests = await source('requests', { 'requirements.txt': 'requests==2.32.3\n' })
    await run({ 'layer-source': requests, 'build-image': `${world.lab.publicRegistry.host}/no/such:1` })
    expect(result.report?.failure).toMatchObject({ stage: 'build', code: 'image-not-found' })
  })

  it('by a layout of another runtime, is an error of the checks', async () => {
    const plain = await source('layout', { 'index.js': 'exports.x = 1' })
    await run({
      'layer-source': plain,
      'build-command': 'mkdir -p /out/nodejs/node_modules/x && cp index.js /out/nodejs/node_modules/x/',
    })
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    expect(result.report?.findings).toMatchObject([{ rule: 'layer-layout', level: 'error', expected: '`python/`' }])
    // Others may want to look at what was built.
    expect(await entries()).toContain('nodejs/node_modules/x/index.js')
  })
})
