import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { startWorld, type World } from './world.ts'

let world: World
let python: string
let folder: string
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  python = (await world.lab.images(['lambda/python:3.11']))['lambda/python:3.11']
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-smoke-'))
  await mkdir(join(folder, 'python'))
  await writeFile(join(folder, 'python/small.py'), '')
}, 600_000)
afterEach(async () => {
  await result.dispose()
  for (const name of ['hungry', 'endless']) await rm(join(folder, `python/${name}.py`), { force: true })
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string> = {}) => {
  const layer = {
    kind: 'layer',
    runtime: 'python3.11',
    'runtime-image': python,
    'layer-path': folder,
    publish: 'never',
  }
  result = await world.run({ ...layer, ...inputs })
}
const hungry = () => writeFile(join(folder, 'python/hungry.py'), 'taken = b"x" * 300_000_000\n')

it('with what needs more memory than Lambda gives when nobody says how much is told with how much it loads', async () => {
  await hungry()
  await run()
  expect([result.exitCode, result.report?.verdict]).toEqual([0, 'passed'])
  expect(result.report?.smoke.cases).toMatchObject([
    { name: 'import hungry', status: 'passed', memorySize: 512 },
    { name: 'import small', status: 'passed' },
  ])
  expect(result.report?.smoke.cases[1]).not.toHaveProperty('memorySize')
  expect(result.report?.findings.filter(({ rule }) => rule === 'smoke')).toMatchObject([
    { level: 'note', subject: 'import hungry', help: expect.stringContaining('memory-size: 512') },
  ])
  expect(result.summary).toContain('| import hungry | ✅ with 512 MB |')
})

it('fails by the memory size that was stated', async () => {
  await hungry()
  await run({ 'memory-size': '128' })
  expect([result.exitCode, result.report?.failure?.code]).toEqual([1, 'smoke-failed'])
  expect(result.report?.smoke.cases).toMatchObject([
    { name: 'import hungry', status: 'failed', error: { message: expect.stringContaining('it had 128 MB') } },
    { name: 'import small', status: 'passed' },
  ])
})

it('with what never comes back fails by that alone', async () => {
  await writeFile(join(folder, 'python/endless.py'), 'while True: pass\n')
  await run({ timeout: '4' })
  expect(result.report?.smoke.cases).toMatchObject([
    { name: 'import endless', status: 'failed', error: { type: 'Timeout', message: 'it does not end within 4 s' } },
    { name: 'import small', status: 'passed' },
  ])
})
