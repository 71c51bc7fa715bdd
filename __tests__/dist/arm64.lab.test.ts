import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { startWorld, type World } from './world.ts'

const BASE = 'lambda/provided:al2023-arm64'

let world: World
let inputs: Record<string, string>
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  const { [BASE]: base } = await world.lab.images([BASE])
  await world.lab.arm64()
  inputs = {
    context: await world.context({
      Dockerfile: `FROM --platform=linux/arm64 ${base}\nCOPY --chmod=755 bootstrap /var/runtime/bootstrap\nCMD ["machine"]\n`,
      bootstrap: await readFile('examples/machine-function/bootstrap', 'utf8'),
    }),
    'runtime-image': base,
    runtime: 'provided.al2023',
    comment: 'false',
    'create-repository': 'true',
    role: 'arn:aws:iam::123456789012:role/machine',
  }
})
afterEach(() => result.dispose())
afterAll(() => world[Symbol.asyncDispose]())

it('an arm64 image is built, checked, invoked under emulation, and becomes a function for arm64', async () => {
  result = await world.run({
    ...inputs,
    architecture: 'arm64',
    'smoke-expect': '{"machine": "aarch64"}',
    repository: 'arm',
    'function-name': 'arm',
  })
  expect(result.report?.failure).toBeUndefined()
  expect(result.report?.subject).toMatchObject({ architecture: 'arm64', platform: 'linux/arm64' })
  expect(result.report?.smoke.cases).toMatchObject([{ status: 'passed', response: { machine: 'aarch64' } }])
  const created = world.aws.calls.find(({ operation }) => operation === 'CreateFunction')
  expect(created?.input).toMatchObject({ Architectures: ['arm64'] })
})

it('an image that turns out to be for arm64, where x86_64 is asked for, is refused before the push', async () => {
  world.aws.calls.length = 0
  result = await world.run({ ...inputs, smoke: 'false', repository: 'intel', 'function-name': 'intel' })
  expect(result.exitCode).toBe(1)
  // BuildKit writes the asked platform into the image's configuration: the files tell.
  const ofProcessor = result.report?.findings.filter(({ rule }) => /^(?:image|elf)-architecture$/.test(rule))
  expect(ofProcessor).toMatchObject([{ level: 'error', actual: expect.stringMatching(/arm64/) }])
  const done = world.aws.calls.map(({ operation }) => operation)
  for (const write of ['CreateRepository', 'StartUpload', 'PutManifest', 'CreateFunction'])
    expect(done).not.toContain(write)
})
