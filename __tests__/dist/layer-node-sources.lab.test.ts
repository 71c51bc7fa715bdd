import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureArchivers } from '../../lab/archivers.ts'
import { HOST_CA_BUNDLE } from '../../lab/debian/trust.ts'
import { labFolders } from '../../lab/folders.ts'
import { nodeDistribution } from '../../lab/images/node.ts'
import { STAND_INS } from '../../lab/images/stand-ins.ts'
import { run as command } from '../../lab/process/command.ts'
import { printedProgress } from '../../lab/progress.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { layerFolder, zipEntries } from './layer-world.ts'
import { startWorld, type World } from './world.ts'

const FIXTURES = fileURLToPath(new URL('./fixtures/package-managers', import.meta.url))
// The newest ms of 2.x is another: only who reads the lock file takes 2.1.2.
const MANIFEST = {
  name: 'shop',
  version: '1.0.0',
  private: true,
  dependencies: { ms: '^2.1.0' },
  devDependencies: { 'left-pad': '1.3.0' },
}
const LOCKS = [
  ['npm', 'package-lock.json', 'package-lock.json'],
  ['pnpm', 'pnpm-lock.yaml', 'pnpm-lock.yaml'],
  ['yarn 1', 'yarn.lock', 'yarn-1.lock'],
  ['yarn 4', 'yarn.lock', 'yarn-4.lock'],
] as const

let world: World
let images: Record<'lambda/nodejs:22' | 'sam/build-nodejs22.x:latest', string>
let folder: string
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  await ensureArchivers(labFolders())
  images = await world.lab.images(['lambda/nodejs:22', 'sam/build-nodejs22.x:latest'])
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-sources-'))
}, 900_000)
afterEach(() => result?.dispose())
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string>, env: Record<string, string> = {}) => {
  const stand = { 'runtime-image': images['lambda/nodejs:22'], 'build-image': images['sam/build-nodejs22.x:latest'] }
  // Where the machine's TLS goes through its own authority: yarn trusts nothing but this.
  const trust = existsSync(HOST_CA_BUNDLE) ? { 'ca-bundle': HOST_CA_BUNDLE } : {}
  result = await world.run(
    { kind: 'layer', runtime: 'nodejs22.x', publish: 'never', ...stand, ...trust, ...inputs },
    { env },
  )
  return result
}
const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const entries = () => zipEntries(result)

describe.each(LOCKS)('%s', (tool, name, fixture) => {
  const source = async (manifest: object) => {
    // The yarn of a project may say that it has no node_modules: a layer has.
    const files = { 'package.json': JSON.stringify(manifest), '.yarnrc.yml': 'nodeLinker: pnp\n' }
    const root = await layerFolder(await mkdtemp(join(folder, 'source-')), files)
    await cp(join(FIXTURES, fixture), join(root, name))
    return root
  }

  it('installs what its lock file says, without what only development needs', async () => {
    await run({ 'layer-source': await source(MANIFEST), smoke: 'false' })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(stage('build')?.detail).toBe(
      `${name} with ${tool.split(' ')[0]} in ${images['sam/build-nodejs22.x:latest']}`,
    )
    expect(await entries()).toEqual([
      'nodejs/',
      'nodejs/node_modules/',
      ...['', 'index.js', 'license.md', 'package.json', 'readme.md'].map((file) => `nodejs/node_modules/ms/${file}`),
    ])
    const installed = await command('unzip', [
      '-p',
      result.outputs['layer-zip'] ?? '',
      'nodejs/node_modules/ms/package.json',
    ])
    expect(JSON.parse(installed)).toMatchObject({ version: '2.1.2' })
    expect(await world.leftovers()).toEqual([])
  })

  it('says so when manifest and lock file do not agree', async () => {
    await run({ 'layer-source': await source({ ...MANIFEST, dependencies: { ms: '1.0.0' } }) })
    expect(result.report?.failure).toMatchObject({
      stage: 'build',
      code: 'build-failed',
      message: expect.stringMatching(/lock ?file|in sync/i),
      help: expect.stringContaining('Lock file and manifest do not agree'),
    })
    expect(result.outputs).not.toHaveProperty('layer-zip')
  })
})

it('yarn: asks nobody for what is committed: its release, and archives where its settings say', async () => {
  const settings = 'enableGlobalCache: false\ncacheFolder: ./vendor/yarn\nyarnPath: .yarn/releases/yarn.cjs # ours\n'
  const root = await layerFolder(join(folder, 'committed'), {
    'package.json': JSON.stringify(MANIFEST),
    '.yarnrc.yml': settings,
  })
  // What a developer would do.
  const prepare = `mkdir -p .yarn/releases
npm exec --yes --package=@yarnpkg/cli-dist@4.9.2 -- sh -c 'cp "$(readlink -f "$(command -v yarn)")" .yarn/releases/yarn.cjs'
env -u YARN_CACHE_FOLDER YARN_ENABLE_IMMUTABLE_INSTALLS=false node .yarn/releases/yarn.cjs install --mode=skip-build
cp -R .yarn vendor yarn.lock /out/`
  await run({ 'layer-source': root, 'build-command': prepare, 'fail-on': 'never', smoke: 'false' })
  expect(result.report?.failure).toBeUndefined()
  await command('unzip', ['-q', result.outputs['layer-zip'] ?? '', '-d', root])
  await result.dispose()

  const nobody = 'http://127.0.0.1:9'
  await run(
    { 'layer-source': root },
    {
      YARN_NPM_REGISTRY_SERVER: nobody,
      npm_config_registry: nobody,
      RUNNER_TOOL_CACHE: join(folder, 'other-tools'),
    },
  )
  expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
  expect(result.log).toContain('yarn 4.9.2')
  expect(result.report?.smoke.cases.map(({ name, status }) => `${name}: ${status}`)).toEqual(['require ms: passed'])
  expect((await entries()).filter((name) => /left-pad|\.yarn/.test(name))).toEqual([])
})

it('npm: installs workspaces, each with its own versions, in place of the links to them', async () => {
  const shop = (name: string, more: object) => JSON.stringify({ name: `@shop/${name}`, version: '1.0.0', ...more })
  const root = await layerFolder(join(folder, 'workspaces'), {
    'package.json': JSON.stringify({ name: 'root', private: true, workspaces: ['packages/*'] }),
    'packages/a/package.json': shop('a', { bin: 'cli.js', dependencies: { '@shop/b': '1.0.0', ms: '2.0.0' } }),
    'packages/a/index.js': "module.exports = [require('@shop/b'), require('ms/package.json').version]\n",
    'packages/a/cli.js': '#!/usr/bin/env node\n',
    'packages/b/package.json': shop('b', { dependencies: { ms: '2.1.2' } }),
    'packages/b/index.js': "module.exports = require('ms/package.json').version\n",
    'fn/app.js': "exports.handler = async () => require('@shop/a')\n",
  })
  await run({
    'layer-source': root,
    'smoke-handler': join(root, 'fn/app.handler'),
    'smoke-event': '{}',
    'smoke-expect': '["2.1.2", "2.0.0"]',
  })
  expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
  expect(result.report?.smoke.cases).toMatchObject([{ status: 'passed' }])
  const links = await command('zipinfo', [result.outputs['layer-zip'] ?? ''])
  expect(
    links
      .split('\n')
      .filter((line) => line.startsWith('l'))
      .map((line) => line.split(' ').at(-1)),
  ).toEqual(['nodejs/node_modules/.bin/a'])
})

it('takes packages of the same repository as they are, and says what it had to compile', async () => {
  const headers = join(
    await nodeDistribution(labFolders(), printedProgress(), STAND_INS['lambda/nodejs:22'].node),
    'include',
  )
  const root = await layerFolder(join(folder, 'workspace'), {
    // What npm would fetch from nodejs.org; it is started in the folder of the manifest.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: npm puts the variable in.
    '.npmrc': 'nodedir=${PWD}/headers\n',
    'package.json': JSON.stringify({ dependencies: { own: 'file:./own', '@shop/addon': 'file:./addon' } }),
    'own/package.json': '{"name":"own","version":"1.0.0","main":"index.js"}',
    'own/index.js': 'module.exports = require("@shop/addon").answer\n',
    'addon/package.json': '{"name":"@shop/addon","version":"1.0.0","main":"index.js","gypfile":true}',
    'addon/index.js': "module.exports = require('./build/Release/addon.node')\n",
    'addon/binding.gyp': '{"targets":[{"target_name":"addon","sources":["addon.c"]}]}',
    'addon/addon.c': await readFile(fileURLToPath(new URL('./fixtures/addon.c', import.meta.url)), 'utf8'),
  })
  await cp(headers, join(root, 'headers/include'), { recursive: true })
  await run({ 'layer-source': root })
  expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
  expect(stage('build')?.detail).toMatch(/; from source: @shop\/addon$/)
  expect(result.report?.smoke.cases.map(({ name, status }) => `${name}: ${status}`)).toEqual([
    'require @shop/addon: passed',
    'require own: passed',
  ])
  const names = await entries()
  expect(names).toContain('nodejs/node_modules/@shop/addon/build/Release/addon.node')
  expect(names.filter((name) => name.includes('obj.target') || name.includes('.deps'))).toEqual([])
})
