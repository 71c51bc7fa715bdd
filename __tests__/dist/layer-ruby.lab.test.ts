import { copyFile, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureArchivers } from '../../lab/archivers.ts'
import { labFolders } from '../../lab/folders.ts'
import { run as command } from '../../lab/process/command.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { buildGems, serveGems } from './gem-server.ts'
import { lambdaUser, layerFolder, toolCacheIn, zipEntries } from './layer-world.ts'
import { GEMS, lockedGems } from './ruby-gems.ts'
import { type RunOptions, startWorld, type World } from './world.ts'

let world: World
let images: Record<'lambda/ruby:3.3' | 'sam/build-ruby3.3:latest', string>
let folder: string
let tools: string
let server: Awaited<ReturnType<typeof serveGems>>
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  await ensureArchivers(labFolders())
  images = await world.lab.images(['lambda/ruby:3.3', 'sam/build-ruby3.3:latest'])
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-gems-'))
  tools = await toolCacheIn(folder)
  await buildGems(join(folder, 'gems'), images['sam/build-ruby3.3:latest'], GEMS)
  server = await serveGems(join(folder, 'gems'), images['sam/build-ruby3.3:latest'])
}, 900_000)
afterEach(() => result?.dispose())
afterAll(async () => {
  await server?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

/** A folder of these files, by name and text. */
const source = (name: string, files: Readonly<Record<string, string>>) => layerFolder(join(folder, name), files)

const run = async (inputs: Record<string, string>, options: RunOptions = {}) => {
  await result?.dispose()
  const ruby = { runtime: 'ruby3.3', 'runtime-image': images['lambda/ruby:3.3'] }
  const layer = { kind: 'layer', ...ruby, 'build-image': images['sam/build-ruby3.3:latest'] }
  const env = { RUNNER_TOOL_CACHE: tools, BUNDLE_MIRROR__ALL: server.url, ...options.env }
  result = await world.run({ ...layer, ...inputs }, { ...options, env })
  return result
}
const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const entries = () => zipEntries(result)
const errors = () => result.report?.findings.filter(({ level }) => level === 'error') ?? []
const cases = () => result.report?.smoke.cases.map(({ name, status }) => `${name}: ${status}`)

const GREETING = { 'shop-greeting': '1.0.0', shopwords: '2.0.0' }

describe('a layer of gems', () => {
  let zip: string
  let unpacked: string
  const publish = async (more: Record<string, string> = {}) => {
    const gems = await source('gems-1', {
      ...lockedGems(['shop-greeting', 'sums', 'shoptool'], { ...GREETING, sums: '1.0.0', shoptool: '0.1.0' }),
    })
    const sharing = { 'layer-name': 'gems', 'share-with': '210987654321', 'function-name': 'shop', alias: 'live' }
    world.aws.calls.length = 0
    return await run({ 'layer-source': gems, ...sharing, ...more })
  }

  it('E2 to E4: is what the lock file says, compiled, found by functions, published, shared and attached', async () => {
    const user = lambdaUser(world.aws)
    const other = await user.layer('other')
    await user.zipFunction('shop', [other], { Runtime: 'ruby3.3', Handler: 'app.handler' })
    user.client.destroy()
    await publish()
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(stage('build')?.detail).toBe(
      `Gemfile.lock with Bundler in ${images['sam/build-ruby3.3:latest']}; from source: sums`,
    )
    // The newest is 1.1.0.
    expect((await entries()).filter((name) => /specifications\/./.test(name))).toEqual(
      ['shop-greeting-1.0.0', 'shoptool-0.1.0', 'shopwords-2.0.0', 'sums-1.0.0'].map(
        (name) => `ruby/gems/3.3.0/specifications/${name}.gemspec`,
      ),
    )
    expect((await entries()).filter((name) => /\/(?:cache|doc)\/|\.o$|mkmf\.log|gem_make|Makefile/.test(name))).toEqual(
      [],
    )
    expect(cases()).toEqual(['require shop/greeting: passed', 'require shop_words: passed', 'require sums: passed'])
    expect(result.log).toContain('Gems without a file to require by their name: shoptool.')
    expect(result.report?.findings.filter(({ level }) => level !== 'note')).toEqual([])
    const version = result.outputs['layer-version-arn'] ?? ''
    expect(version).toMatch(/:layer:gems:1$/)
    expect(result.report?.publication).toMatchObject({ reused: false, shared: ['210987654321'] })
    expect(result.report?.deployment?.after).toMatchObject({ layers: [other, version], state: 'Active' })
    expect(await world.leftovers()).toEqual([])
    zip = join(folder, 'gems.zip')
    await copyFile(result.outputs['layer-zip'] ?? '', zip)
    unpacked = join(folder, 'unpacked')
    await command('unzip', ['-q', zip, '-d', unpacked])

    const { 'code-sha256': sha256, 'content-fingerprint': fingerprint } = result.outputs
    await publish()
    expect(result.outputs).toMatchObject({ 'code-sha256': sha256, 'content-fingerprint': fingerprint })
    expect(result.report?.publication).toMatchObject({ reused: true, layerVersionArn: version })
    const written = world.aws.calls.filter(({ operation }) => /^(?:Publish|Add|Update|Create)/.test(operation))
    // PublishVersion answers with the version that is there.
    expect(written.map(({ operation }) => operation)).toEqual(['PublishVersion'])
  })

  it('serves the user’s handler', async () => {
    const handler = await source('fn', {
      'app.rb':
        "require 'shop/greeting'\nrequire 'sums'\ndef handler(event:, context:)\n  { said: Shop.greet(event['name']), sum: Sums.answer }\nend\n",
    })
    await run({
      'layer-path': zip,
      'smoke-handler': join(handler, 'app.handler'),
      'smoke-event': '{"name":"layer"}',
      'smoke-expect': '{"said":"Hello layer, 1.0.0","sum":42}',
    })
    expect([result.exitCode, result.report?.failure, result.report?.smoke.cases[0]?.status]).toEqual([
      0,
      undefined,
      'passed',
    ])
  })

  it('of another Ruby is not found, as the checks say', async () => {
    const other = join(folder, 'other')
    await cp(unpacked, other, { recursive: true })
    await rename(join(other, 'ruby/gems/3.3.0'), join(other, 'ruby/gems/3.2.0'))
    await run({ 'layer-path': other })
    expect(errors()).toMatchObject([
      {
        rule: 'ruby-layout',
        subject: '/opt/ruby/gems/3.2.0',
        confirmedBy: cases()?.map((name) => name.split(': ')[0]),
      },
      ...['shop/greeting', 'shop_words', 'sums'].map((name) => ({
        rule: 'smoke',
        subject: `require ${name}`,
        predictedBy: ['ruby-layout /opt/ruby/gems/3.2.0'],
      })),
    ])
    expect(result.report?.smoke.cases[0]?.error?.type).toBe('Gem::MissingSpecError')
  })

  it('compiled by another Ruby is ignored by RubyGems, as the checks say', async () => {
    const renamed = join(folder, 'renamed')
    await cp(unpacked, renamed, { recursive: true })
    const extensions = join(renamed, 'ruby/gems/3.3.0/extensions/x86_64-linux-gnu')
    await rename(join(extensions, '3.3.0'), join(extensions, '3.2.0'))
    await run({ 'layer-path': renamed })
    expect(errors()).toMatchObject([
      { rule: 'ruby-layout', owner: 'pkg:gem/sums', confirmedBy: ['require sums'] },
      { rule: 'smoke', subject: 'require sums', predictedBy: ['ruby-layout /opt/ruby/gems/3.3.0/gems/sums-1.0.0'] },
    ])
    expect(cases()).toContain('require shop/greeting: passed')
  })

  it('whose extension needs a library of the build image fails on it, as the checks say', async () => {
    const gems = await source('gems-2', lockedGems(['expats'], { expats: '1.0.0' }))
    await run({ 'layer-source': gems })
    expect(errors()).toMatchObject([
      {
        rule: 'missing-library',
        owner: 'pkg:gem/expats',
        message: expect.stringContaining('libexpat.so.1'),
        confirmedBy: ['require expats'],
      },
      { rule: 'smoke', subject: 'require expats' },
    ])
    expect(result.report?.smoke.cases[0]?.error?.message).toContain('libexpat.so.1: cannot open shared object file')
  })
})

describe('gems of other sources', () => {
  it('of folders are found by functions, and those of vendor/cache are asked of nobody', async () => {
    // `git ls-files`, which most gemspecs ask, names no files where there is no repository.
    const gems = await source('gems-6', {
      Gemfile: `source 'https://rubygems.org'\ngem 'sums'\ngem 'local-words', path: 'words'\n`,
      'words/local-words.gemspec': `Gem::Specification.new do |s|
  s.name = 'local-words'
  s.version = '0.3.0'
  s.summary = 'a gem of a test'
  s.authors = ['nobody']
  s.files = []
end
`,
      'words/lib/local/words.rb': "LOCAL = 'words'\n",
    })
    await mkdir(join(gems, 'vendor/cache'), { recursive: true })
    await copyFile(join(folder, 'gems/index/gems/sums-1.0.0.gem'), join(gems, 'vendor/cache/sums-1.0.0.gem'))
    // Nothing listens there.
    await run({ 'layer-source': gems }, { env: { BUNDLE_MIRROR__ALL: 'http://127.0.0.1:9/' } })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(cases()).toEqual(['require local/words: passed', 'require sums: passed'])
    expect((await entries()).filter((name) => /bundler|words.*lib\/.*rb$/.test(name))).toEqual([
      'ruby/gems/3.3.0/gems/local-words-0.3.0/lib/local/words.rb',
    ])
  })
})

describe('own code', () => {
  it('E1: in ruby/lib is required by its name', async () => {
    const layer = await source('own', { 'ruby/lib/shop.rb': 'SHOP = 1\n', 'ruby/lib/broken.rb': "require 'nowhere'\n" })
    await run({ 'layer-path': layer })
    expect(cases()).toEqual(['require broken: failed', 'require shop: passed'])
    expect(result.report?.smoke.cases[0]?.error).toEqual({
      type: 'LoadError',
      message: 'cannot load such file -- nowhere',
    })
    expect(result.report?.failure).toMatchObject({ stage: 'smoke', code: 'smoke-failed' })
  })

  it('that ends the process, or its gems one folder too high, is told', async () => {
    const layer = await source('ends', {
      'ruby/lib/ends.rb': 'exit!(3)\n',
      'ruby/lib/dies.rb': "Process.kill('KILL', $$)\n",
      'ruby/lib/turns.rb': 'loop {}\n',
    })
    await run({ 'layer-path': layer, timeout: '4' })
    expect(result.report?.smoke.cases.map(({ error }) => error)).toEqual([
      { type: 'Signal', message: expect.stringMatching(/^ended by signal 9, for want of memory/) },
      { type: 'SystemExit', message: 'ended the process with status 3' },
      { type: 'Timeout', message: 'it does not end within 4 s' },
    ])
  })
})

describe('gems that cannot be installed', () => {
  it('are told with what to do', async () => {
    const wrong = lockedGems(['sums', 'nosuchgem'], { sums: '1.0.0' })
    await run({ 'layer-source': await source('gems-3', wrong) })
    expect(result.report?.failure).toMatchObject({
      stage: 'build',
      code: 'build-failed',
      help: expect.stringContaining('Lock file and manifest do not agree'),
    })
    const { Gemfile = '' } = wrong
    await run({ 'layer-source': await source('gems-4', { Gemfile }) })
    expect(result.report?.failure).toMatchObject({
      code: 'build-failed',
      message: expect.stringContaining("Could not find gem 'nosuchgem'"),
      help: expect.stringContaining('no such gem'),
    })
    const mac = lockedGems(['sums'], { sums: '1.0.0' })
    const lock = mac['Gemfile.lock']?.replace('  ruby\n  x86_64-linux\n', '  arm64-darwin-23\n') ?? ''
    await run({ 'layer-source': await source('gems-5', { ...mac, 'Gemfile.lock': lock }) })
    expect(result.report?.failure).toMatchObject({
      code: 'build-failed',
      help: expect.stringContaining('bundle lock --add-platform'),
    })
  })
})
