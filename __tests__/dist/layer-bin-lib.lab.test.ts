import { copyFile, cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureArchivers } from '../../lab/archivers.ts'
import { labFolders } from '../../lab/folders.ts'
import { run as command } from '../../lab/process/command.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { lambdaUser, layerFolder, toolCacheIn } from './layer-world.ts'
import { type RunOptions, startWorld, type World } from './world.ts'

type Name = 'lambda/provided:al2023' | 'lambda/python:3.11' | 'sam/build-python3.11:latest'

let world: World
let images: Record<Name, string>
let folder: string
let tools: string
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  await ensureArchivers(labFolders())
  images = await world.lab.images(['lambda/provided:al2023', 'lambda/python:3.11', 'sam/build-python3.11:latest'])
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-tools-'))
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
  await result?.dispose()
  const custom = { runtime: 'provided.al2023', 'runtime-image': images['lambda/provided:al2023'] }
  const layer = { kind: 'layer', ...custom, 'build-image': images['sam/build-python3.11:latest'] }
  const env = { RUNNER_TOOL_CACHE: tools, ...options.env }
  result = await world.run({ ...layer, ...inputs }, { ...options, env })
  return result
}
const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const errors = () => result.report?.findings.filter(({ level }) => level === 'error') ?? []
const cases = () => result.report?.smoke.cases.map(({ name, status }) => `${name}: ${status}`)

// The tool prints what the library says, the runtime answers events, the pager needs a library of the build image.
const BUILD = `mkdir -p /out/bin /out/lib
gcc -shared -fPIC -Wl,-soname,libshop.so.1 -o /out/lib/libshop.so.1 shop.c
ln -s libshop.so.1 /out/lib/libshop.so
gcc -o /out/bin/tool tool.c -L/out/lib -lshop
gcc -o /out/bin/echo-runtime bootstrap.c
gcc -static -o /out/bin/alone tool.c shop.c
install -m 755 report.sh /out/bin/report`

const sources = async () =>
  await source('tools', {
    'shop.c': 'int answer(void) { return 42; }\n',
    'tool.c': 'int answer(void);\nint main(void) { return answer() != 42; }\n',
    'pager.c': 'const char *XML_ExpatVersion(void);\nint main(void) { return XML_ExpatVersion() == 0; }\n',
    'report.sh': '#!/usr/bin/env bash\ntool\n',
    'bootstrap.c': await readFile(new URL('fixtures/bootstrap.c', import.meta.url), 'utf8'),
  })

describe('a layer of programs and libraries', () => {
  let zip: string
  let unpacked: string
  const publish = async () => {
    const sharing = { 'layer-name': 'tools', 'share-with': '210987654321', 'function-name': 'shop', alias: 'live' }
    world.aws.calls.length = 0
    return await run({ 'layer-source': await sources(), 'build-command': BUILD, ...sharing })
  }

  it('E1 to E4: is built, looked at by the loader of the runtime, published, shared and attached', async () => {
    const user = lambdaUser(world.aws)
    await user.zipFunction('shop', [], { Runtime: 'provided.al2023', Handler: 'bootstrap' })
    user.client.destroy()
    await publish()
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(cases()).toEqual([
      'load /opt/bin/echo-runtime: passed',
      'interpreter of /opt/bin/report: passed',
      'load /opt/bin/tool: passed',
      'load /opt/lib/libshop.so.1: passed',
    ])
    expect(result.log).toContain('Linked statically, so that only running it would tell: /opt/bin/alone.')
    expect(result.report?.smoke.constraints).toMatchObject({
      network: { value: 'none', enforced: true },
      'read-only-root': { enforced: true },
    })
    expect(errors()).toEqual([])
    const version = result.outputs['layer-version-arn'] ?? ''
    expect(version).toMatch(/:layer:tools:1$/)
    expect(result.report?.publication).toMatchObject({ reused: false, shared: ['210987654321'] })
    expect(result.report?.deployment?.after).toMatchObject({ layers: [version], state: 'Active' })
    expect(await world.leftovers()).toEqual([])
    zip = join(folder, 'tools.zip')
    await copyFile(result.outputs['layer-zip'] ?? '', zip)
    unpacked = join(folder, 'unpacked')
    await command('unzip', ['-q', zip, '-d', unpacked])

    const { 'content-fingerprint': fingerprint } = result.outputs
    await publish()
    expect(result.outputs).toMatchObject({ 'content-fingerprint': fingerprint })
    expect(result.report?.publication).toMatchObject({ reused: true, layerVersionArn: version })
    const written = world.aws.calls.filter(({ operation }) => /^(?:Publish|Add|Update|Create)/.test(operation))
    // PublishVersion answers with the version that is there.
    expect(written.map(({ operation }) => operation)).toEqual(['PublishVersion'])
  })

  it('is tried beside the packages of a language', async () => {
    const mixed = join(folder, 'mixed')
    await cp(unpacked, mixed, { recursive: true, verbatimSymlinks: true })
    await source('mixed', { 'python/shop.py': 'import ctypes\nctypes.CDLL("libshop.so.1").answer()\n' })
    await run({ runtime: 'python3.11', 'runtime-image': images['lambda/python:3.11'], 'layer-path': mixed })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(cases()?.slice(0, 2)).toEqual(['import shop: passed', 'load /opt/bin/echo-runtime: passed'])
    expect(cases()).toHaveLength(5)
  })

  it('serves a custom runtime’s bootstrap, the function’s or its own', async () => {
    const event = { 'smoke-event': '{"a":1}', 'smoke-expect': '{"runtime":"own","event":{"a":1}}' }
    const handler = await source('fn', { bootstrap: '#!/bin/sh\ntool && exec /opt/bin/echo-runtime\n' })
    await command('chmod', ['755', join(handler, 'bootstrap')])
    await run({ 'layer-path': zip, 'smoke-handler': join(handler, 'bootstrap'), ...event })
    expect([result.exitCode, result.report?.failure, cases()]).toEqual([0, undefined, ['default: passed']])
    expect(await world.leftovers()).toEqual([])

    const runtime = join(folder, 'runtime')
    await cp(unpacked, runtime, { recursive: true, verbatimSymlinks: true })
    await copyFile(join(unpacked, 'bin/echo-runtime'), join(runtime, 'bootstrap'))
    const code = await source('code', { 'app.txt': 'x' })
    await run({ 'layer-path': runtime, 'smoke-handler': join(code, 'app.handler'), ...event })
    expect([result.exitCode, result.report?.failure, cases()]).toEqual([0, undefined, ['default: passed']])

    await run({ 'layer-path': zip, 'smoke-handler': join(code, 'app.handler') })
    expect([result.exitCode, result.report?.smoke.status]).toEqual([0, 'skipped'])
    expect(result.report?.smoke.reason).toContain('neither `smoke-handler` nor the layer has one')
  })

  it('whose files cannot be loaded is told file by file, as the checks say', async () => {
    const build = `${BUILD}
gcc -o /out/lib/libpager.so -shared -fPIC pager.c -l:libexpat.so.1
printf '#!/opt/nowhere/perl\\n' > /out/bin/report
printf '#!/bin/sh\\n' > /out/bin/fine && chmod 755 /out/bin/fine`
    await run({ 'layer-source': await sources(), 'build-command': build })
    expect(cases()).toEqual([
      'load /opt/bin/echo-runtime: passed',
      'interpreter of /opt/bin/fine: passed',
      'interpreter of /opt/bin/report: failed',
      'load /opt/bin/tool: passed',
      'load /opt/lib/libpager.so: failed',
      'load /opt/lib/libshop.so.1: passed',
    ])
    const [report, pager] = result.report?.smoke.cases.filter(({ status }) => status === 'failed') ?? []
    expect(report?.error).toEqual({
      type: 'LoadError',
      message: '/opt/bin/report: /opt/nowhere/perl: No such file or directory',
    })
    expect(pager?.error?.message).toMatch(
      /^\/opt\/lib\/libpager\.so: .*libexpat\.so\.1: cannot open shared object file/,
    )
    expect(result.report?.smoke.reason).toBe('2 of 6 files cannot be loaded')
    expect(errors()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          rule: 'missing-library',
          subject: '/opt/lib/libpager.so',
          confirmedBy: ['load /opt/lib/libpager.so'],
        }),
        expect.objectContaining({
          rule: 'smoke',
          subject: 'load /opt/lib/libpager.so',
          predictedBy: ['missing-library /opt/lib/libpager.so'],
        }),
      ]),
    )
    expect(stage('publish')?.status).toBe('skipped')
  })

  it('of nothing that could be tried is skipped, and says why', async () => {
    const layer = join(folder, 'alone')
    await mkdir(join(layer, 'bin'), { recursive: true })
    await copyFile(join(unpacked, 'bin/alone'), join(layer, 'bin/alone'))
    await run({ 'layer-path': layer })
    expect([result.exitCode, result.report?.smoke.status]).toEqual([0, 'skipped'])
    expect(result.report?.smoke.reason).toContain('only running it would tell: /opt/bin/alone')
  })
})
