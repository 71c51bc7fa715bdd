import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { startWorld, type World } from './world.ts'

let world: World
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
})
afterEach(() => result.dispose())
afterAll(async () => {
  expect(await world.leftovers()).toEqual([])
  await world[Symbol.asyncDispose]()
})

// Notes, such as on tags that move, say nothing against an image; dates come nearer by themselves.
const problems = () =>
  result.report?.findings.filter(({ level, rule }) => level !== 'note' && rule !== 'runtime-deprecated') ?? []
const findings = () => problems().map(({ rule, level, subject }) => `${level} ${rule} ${subject}`)

describe('the cases of a suite', () => {
  const source = [
    'export const greet = async ({ name }) => {',
    "  if (name === undefined) throw new RangeError('nobody to greet')",
    "  return { greeting: process.env.WORD + ' ' + name }",
    '}',
    "export const shout = async ({ name }) => ({ greeting: ('hello ' + name).toUpperCase() })",
  ].join('\n')

  async function run(cases: object[], inputs: Record<string, string> = {}) {
    const context = await world.context({
      'app.mjs': source,
      Dockerfile: `FROM ${world.base}\nENV WORD=hello\nCOPY app.mjs ./\nCMD ["app.greet"]\n`,
      'suite.json': JSON.stringify({ schema: 1, cases }),
    })
    const given = { context, 'smoke-suite': join(context, 'suite.json'), publish: 'never', ...inputs }
    result = await world.run(given, { anonymous: true })
  }

  it('are each told, and each may set event, expectation and environment', async () => {
    await run([
      { name: 'a name', event: { name: 'you' }, expect: { greeting: 'hello you' } },
      { name: 'another word', event: { name: 'you' }, env: { WORD: 'good day' }, expect: { greeting: 'good day you' } },
      { name: 'no name', 'expect-error': 'RangeError' },
      { name: 'no name, in words', 'expect-error': { errorMessage: 'nobody to greet' } },
    ])
    expect(result.report?.failure).toBeUndefined()
    expect(result.report?.smoke.cases.map(({ name, status }) => `${name}: ${status}`)).toEqual([
      'a name: passed',
      'another word: passed',
      'no name: passed',
      'no name, in words: passed',
    ])
  })

  it('that fail are findings by their names; the others still run', async () => {
    await run([
      { name: 'wrong word', event: { name: 'you' }, expect: { greeting: 'good day you' } },
      { name: 'unexpected success', event: { name: 'you' }, 'expect-error': 'RangeError' },
      { name: 'a name', event: { name: 'you' } },
    ])
    expect(result.report?.failure).toMatchObject({ stage: 'smoke', code: 'smoke-failed' })
    expect(findings()).toEqual(['error smoke wrong word', 'error smoke unexpected success'])
    expect(result.report?.smoke.cases.at(-1)).toMatchObject({ name: 'a name', status: 'passed' })
  })

  it('are given to smoke-handler instead of CMD', async () => {
    await run([{ name: 'shouted', event: { name: 'you' }, expect: { greeting: 'HELLO YOU' } }], {
      'smoke-handler': 'app.shout',
    })
    expect(result.report?.failure).toBeUndefined()
    expect(result.outputs['smoke-status']).toBe('passed')
  })
})
