import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { packed, texts } from '../template/cdk/assembly-files.ts'
import { LIBRARY } from '../template/cdk/library.ts'
import { withAssembly } from '../template/cdk/synthesize.ts'
import { type RegistryImages, registryImages } from './registry-images.ts'
import { startWorld, type World } from './world.ts'

let world: World
let folder: string
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-cdk-'))
})
afterEach(async () => {
  expect(await world.leftovers()).toEqual([])
  await result.dispose()
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const findings = (rule: string) => result.report?.findings.filter((one) => one.rule === rule) ?? []

describe('what `cdk synth` wrote just now (B1)', () => {
  const library = { library: LIBRARY, cli: true }

  it('is built with its own options and invoked as the function is configured', async () => {
    await withAssembly({ app: 'examples/cdk/app.mjs', ...library }, async (assembly) => {
      result = await world.run({
        template: assembly,
        resource: 'MyFunction',
        'build-args': `BASE=${world.base}`,
        'smoke-event': '{"name": "parity"}',
        publish: 'never',
      })
    })
    expect(result.report?.failure).toBeUndefined()
    expect(result.exitCode).toBe(0)
    expect(result.report?.smoke.cases).toMatchObject([{ status: 'passed', response: { greeting: 'Hello, parity!' } }])
    expect(result.report?.smoke.constraints).toMatchObject({ 'memory-size': { value: '256 MB', enforced: true } })
    const asset = expect.stringMatching(/\/cdk\.out\/asset\.[0-9a-f]{64}$/)
    expect(result.report?.plan).toMatchObject({
      kind: { value: 'image', source: 'template' },
      architecture: { value: 'x86_64', source: 'template' },
      context: { value: asset, source: 'template' },
      'build-args': { value: { BASE: world.base, GREETING: 'Hello' } },
      'memory-size': { value: 256, source: 'template' },
      timeout: { value: 10, source: 'template' },
      'smoke-env': { value: ['PUNCTUATION'], source: 'template' },
    })
  })

  it('names an image in a registry, which is checked and smoked as it is, and warned about without a tag', async () => {
    let shelf: RegistryImages | undefined
    try {
      shelf = await registryImages(world.base)
      await shelf.image('latest', "export const handler = async () => ({ from: 'the registry' })")
      const app = '__tests__/template/cdk/apps/own-registry.mjs'
      await withAssembly({ app, ...library, env: { REPOSITORY: shelf.repository } }, async (assembly) => {
        result = await world.run({ template: assembly, resource: 'Registry/MyFunction', publish: 'never' })
      })
      expect(result.report?.failure).toBeUndefined()
      expect(result.report?.plan.image).toEqual({ value: `${shelf.repository}:latest`, source: 'template' })
      expect(stage('build')).toMatchObject({ status: 'skipped' })
      expect(result.report?.smoke.cases).toMatchObject([{ response: { from: 'the registry' } }])
      const [floating] = findings('floating-tag')
      expect(floating).toMatchObject({ level: 'warning', subject: 'image' })
    } finally {
      await shelf?.[Symbol.asyncDispose]()
    }
  })
})

describe('an assembly that lies there', () => {
  /** The folder of a fixture's files. */
  const unpacked = async (name: string) => {
    const assembly = join(folder, name, 'cdk.out')
    const { json, text, base64 } = packed(name)
    const files = { ...texts({ json, text, base64: {} }), ...base64 }
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(assembly, path)), { recursive: true })
      await writeFile(join(assembly, path), content, path in base64 ? 'base64' : 'utf8')
    }
    return assembly
  }

  it('has a layer of a zip, which is checked as it is', async () => {
    const template = await unpacked('layers')
    result = await world.run({ template, resource: 'Layers/Zip', publish: 'never', smoke: 'false' })
    expect(result.report?.failure).toBeUndefined()
    expect(result.report?.subject).toMatchObject({ kind: 'layer', architecture: 'x86_64' })
    expect(result.outputs['layer-zip']).toMatch(/\/asset\.[0-9a-f]{64}\.zip$/)
    expect(result.report?.plan).toMatchObject({ runtime: { value: 'python3.13', source: 'template' } })
  })

  it('has an image whose platform is not the function’s: an error before it is deployed', async () => {
    const template = await unpacked('images')
    const given = { 'build-args': `BASE=${world.base}`, publish: 'never' }
    result = await world.run({ template, resource: 'Contradicting', ...given })
    expect(result.exitCode).toBe(1)
    expect(findings('image-architecture')).toMatchObject([{ level: 'error', confidence: 'proven' }])
    expect(result.report?.plan).toMatchObject({ architecture: { value: 'x86_64', source: 'default' } })
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
  })

  it('has an image of a repository that it makes itself: not checked, and no failure', async () => {
    const template = await unpacked('registry')
    result = await world.run({ template, resource: 'Own', publish: 'never' })
    expect(result.report?.failure).toBeUndefined()
    expect(result).toMatchObject({ exitCode: 0, outputs: { 'parity-status': 'not-checked' } })
    expect(result.report?.verdict).toBe('warned')
    expect(result.report?.notChecked).toContainEqual({
      rule: 'elf-architecture',
      reason: expect.stringContaining('OwnRepository'),
    })
    expect(stage('inspect')).toMatchObject({ status: 'skipped' })
  })

  it('has several functions: one error that lists them, beside everything else that is wrong', async () => {
    const template = await unpacked('stages')
    result = await world.run({ template, resource: 'MyFunction', 'fail-on': 'errors' })
    expect(result.report).toMatchObject({ verdict: 'failed', failure: { stage: 'plan', code: 'invalid-input' } })
    const message = result.report?.failure?.message
    for (const part of ['`fail-on`', '`resource` is `MyFunction`', '`Live/Service/MyFunction`', '`Service/MyFunction`'])
      expect(message).toContain(part)
  })
})
