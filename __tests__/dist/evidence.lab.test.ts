import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { run as command } from '../../lab/process/command.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import type { Finding, NotChecked } from '../../src/checks/check.ts'
import { buildElf } from '../builders/elf.ts'
import { nodeFunction, startWorld, type World } from './world.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DEBUG = { env: { RUNNER_DEBUG: '1' } }
const SECRET = 'hunter2-of-the-image'

let world: World
let folder: string
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-evidence-'))
})
afterEach(() => result.dispose())
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const path = () => join(dirname(result.reportPath), 'evidence.json')

/** What scripts/judge-evidence.ts says of the file, as its users run it. */
async function judged(): Promise<{ findings: Finding[]; notChecked: NotChecked[] }> {
  const argv = [join(ROOT, 'scripts/node24.mjs'), join(ROOT, 'scripts/judge-evidence.ts'), path(), '--json']
  return JSON.parse(await command(process.execPath, argv))
}

/** What the checks found, without what only the run itself can tell: the smoke's word, and lines of the Dockerfile. */
function found() {
  const findings = result.report?.findings.filter(({ rule }) => rule !== 'smoke') ?? []
  return findings.map(({ confirmedBy: _, location: __, message, ...rest }) => ({
    ...rest,
    message: message.split('; the smoke')[0],
  }))
}

const withoutLines = ({ location: _, ...rest }: Finding) => rest

describe('evidence.json', () => {
  it('of a layer is judged again to the findings of its report', async () => {
    const layer = join(folder, 'layer')
    const shop = join(layer, 'nodejs/node_modules/shop')
    await mkdir(shop, { recursive: true })
    await writeFile(join(shop, 'package.json'), '{"name":"shop","version":"1.0.0"}', { mode: 0o600 })
    await writeFile(join(shop, 'index.js'), "module.exports = require('./speed.node')\n")
    const x86 = { class: 64, littleEndian: true, machine: 62 } as const
    await writeFile(join(shop, 'speed.node'), buildElf({ ...x86, needed: ['libnone.so.1'] }))
    const inputs = { kind: 'layer', runtime: 'nodejs22.x', 'layer-path': layer, 'build-image': world.base }
    result = await world.run({ ...inputs, 'compatible-runtimes': 'nodejs20.x, nodejs22.x' }, DEBUG)
    expect(result.report?.environments.build).toMatchObject({ reference: world.base, source: 'scanned' })
    expect(found().map(({ rule }) => rule)).toContain('missing-library')
    const again = await judged()
    expect(again.findings.map(withoutLines)).toEqual(found())
    expect(again.notChecked).toEqual(result.report?.notChecked)
  })

  it('of an image too, and it holds no value that may be secret', async () => {
    const files = nodeFunction(world.base, 'export const handler = async () => 1')
    const context = await world.context({
      ...files,
      Dockerfile: `${files.Dockerfile}ENV API_PASSWORD=${SECRET}\nARG TOKEN\nRUN chmod 600 app.mjs && echo ${SECRET} >/dev/null\n`,
    })
    const inputs = { context, 'build-args': `TOKEN=${SECRET}`, smoke: 'false', publish: 'never' }
    result = await world.run({ ...inputs, 'fail-on': 'never' }, DEBUG)
    expect(found()).toContainEqual(expect.objectContaining({ rule: 'unreadable-file', level: 'error' }))
    expect(await readFile(path(), 'utf8')).not.toContain(SECRET)
    const again = await judged()
    expect(again.findings.map(withoutLines)).toEqual(found())
    expect(again.notChecked).toEqual(result.report?.notChecked)
  })

  it('is not written without the runner’s debugging', async () => {
    const context = await world.context(nodeFunction(world.base, 'export const handler = async () => 1'))
    result = await world.run({ context, smoke: 'false', publish: 'never' })
    await expect(readFile(path())).rejects.toThrow('ENOENT')
  })
})

describe('a layer’s build image', () => {
  it('that was given and cannot be read ends the run, as a given runtime image does', async () => {
    const layer = join(folder, 'plain')
    await mkdir(join(layer, 'nodejs/node_modules/plain'), { recursive: true })
    await writeFile(join(layer, 'nodejs/node_modules/plain/index.js'), 'module.exports = 1\n')
    const inputs = { kind: 'layer', runtime: 'nodejs22.x', 'layer-path': layer }
    result = await world.run({ ...inputs, 'build-image': 'no-such-image:1' })
    expect(result.report?.failure).toMatchObject({ stage: 'inspect', code: 'image-not-found' })
    await result.dispose()
    // The likely one is no image of this engine, and nothing of the layer depends on it.
    result = await world.run(inputs)
    expect(result.report?.failure).toBeUndefined()
    expect(result.report?.environments).not.toHaveProperty('build')
    expect(result.report?.notChecked).toEqual([])
  })
})
