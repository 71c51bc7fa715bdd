import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { compileJava } from './java-world.ts'
import { startWorld, type World } from './world.ts'

let world: World
let folder: string
let base: string
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  const images = await world.lab.images(['lambda/java:17', 'sam/build-java17:latest'])
  base = images['lambda/java:17']
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-java-'))
  await compileJava(folder, images['sam/build-java17:latest'])
}, 900_000)
afterEach(() => result?.dispose())
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

/** Builds an image of the function; `lib` is where its library goes. */
async function build(name: string, lib: string, handler: string): Promise<ActionResult> {
  const context = join(folder, name)
  await cp(join(folder, 'image'), join(context, 'image'), { recursive: true })
  const lines = [`FROM ${base}`, 'COPY image/example example', `COPY image/lib ${lib}`, `CMD ["${handler}"]`]
  await writeFile(join(context, 'Dockerfile'), `${lines.join('\n')}\n`)
  const inputs = { context, runtime: 'java17', 'runtime-image': base, publish: 'never' }
  result = await world.run({
    ...inputs,
    'smoke-event': '{"name": "Ada"}',
    'smoke-expect': '{"greeting": "Hello Ada", "java": "17"}',
  })
  return result
}

describe('an image of Java', () => {
  it('is built, checked and answers', async () => {
    await build('right', 'lib', 'example.Handler::handleRequest')
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(result.report?.findings.filter(({ level }) => level === 'error')).toEqual([])
    expect(result.report?.notChecked.filter(({ rule }) => rule === 'handler')).toEqual([])
    expect(result.outputs).toMatchObject({ 'smoke-status': 'passed' })
  })

  it('whose handler names no class there is fails as the rule says', async () => {
    await build('wrong', 'lib', 'example.Handlr::handleRequest')
    const [found, failed] = result.report?.findings ?? []
    expect(found).toMatchObject({ rule: 'handler', level: 'error', confirmedBy: [expect.any(String)] })
    expect(failed).toMatchObject({ rule: 'smoke', predictedBy: ['handler CMD'] })
    expect(result.report?.smoke.cases[0]?.error?.type).toContain('ClassNotFoundException')
  })
})
