import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { labFolders } from '../../lab/folders.ts'
import { importedRoot } from '../../lab/images/build.ts'
import { withLock } from '../../lab/lock.ts'
import { printedProgress } from '../../lab/progress.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { nodeFunction, startWorld, type World } from './world.ts'

let world: World
let images: Record<'python' | 'older' | 'build' | 'debian', string>
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  const { lab } = world
  const made = await lab.images(['lambda/python:3.11', 'lambda/nodejs:22-bullseye', 'sam/build-nodejs22.x:latest'])
  const folders = labFolders()
  images = {
    python: made['lambda/python:3.11'],
    older: made['lambda/nodejs:22-bullseye'],
    build: made['sam/build-nodejs22.x:latest'],
    debian: await withLock(folders, 'images', () => importedRoot(folders, printedProgress(), 'bookworm')),
  }
})
afterEach(() => result.dispose())
afterAll(async () => {
  expect(await world.leftovers()).toEqual([])
  await world[Symbol.asyncDispose]()
})

const run = async (files: Record<string, string>, inputs: Record<string, string> = {}) => {
  const context = await world.context(files)
  result = await world.run({ context, publish: 'never', ...inputs }, { anonymous: true })
  return result
}
const fixture = (name: string) => readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
// Notes, such as on tags that move, say nothing against an image; dates come nearer by themselves.
const problems = () =>
  result.report?.findings.filter(({ level, rule }) => level !== 'note' && rule !== 'runtime-deprecated') ?? []
const findings = () => problems().map(({ rule, level, subject }) => `${level} ${rule} ${subject}`)

describe('AWS’s base image of a language', () => {
  const source = 'import os\ndef handler(event, context):\n    return {"name": event["name"], "uid": os.getuid()}\n'
  const python = () => ({
    Dockerfile: `FROM ${images.python}\nCOPY app.py ./\nCMD ["app.handler"]\n`,
    'app.py': source,
  })

  it('Python: is checked and invoked', async () => {
    await run(python(), {
      'runtime-image': images.python,
      'smoke-event': '{"name": "you"}',
      'smoke-expect': '{"name": "you", "uid": 993}',
    })
    expect(result.report?.failure).toBeUndefined()
    expect(findings()).toEqual([])
    expect(result.report?.subject.runtime).toBe('python3.11')
    expect(result.report?.environments.artifact?.tools).toMatchObject({ python: expect.stringMatching(/^3\.11\.\d+$/) })
  })

  it('Python: the handler’s error is told by its own name', async () => {
    await run(python(), { 'runtime-image': images.python })
    expect(result.report?.failure).toMatchObject({ stage: 'smoke', code: 'smoke-failed' })
    expect(result.report?.smoke.cases[0]?.error).toEqual({ type: 'KeyError', message: "'name'" })
  })
})

describe('a base image that is not AWS’s', () => {
  /** As `npm install aws-lambda-ric` leaves it: the interface client as ENTRYPOINT, the handler as CMD. */
  const debian = () => ({
    Dockerfile: [
      `FROM ${world.base} AS aws`,
      `FROM ${images.debian}`,
      'COPY --from=aws /var/lang/bin/node /usr/local/bin/node',
      'WORKDIR /var/task',
      'COPY --from=aws /var/runtime/node_modules ./node_modules',
      'RUN mkdir node_modules/.bin && ln -s ../aws-lambda-ric/index.mjs node_modules/.bin/aws-lambda-ric',
      'COPY app.mjs ./',
      'ENTRYPOINT ["node", "node_modules/.bin/aws-lambda-ric"]',
      'CMD ["app.handler"]',
    ].join('\n'),
    'app.mjs': 'export const handler = async () => ({ node: process.execPath })',
  })
  const expected = { 'smoke-expect': '{"node": "/usr/local/bin/node"}' }

  it('without an emulator: that of the runtime image is brought', async () => {
    await run(debian(), expected)
    expect(result.report?.failure).toBeUndefined()
    expect(result.log).toContain(`Runtime interface emulator: ${world.base}`)
    expect(findings().filter((line) => line.startsWith('error'))).toEqual([])
  })

  it('without an emulator: the one given by rie-path is brought', async () => {
    const { path } = world.lab.rie
    await run(debian(), { ...expected, 'rie-path': path, 'runtime-image': images.debian })
    expect(result.report?.failure).toBeUndefined()
    expect(result.log).toContain(`Runtime interface emulator: ${path}`)
    expect(result.report?.smoke.cases).toMatchObject([{ status: 'passed' }])
  })

  it('without an interface client: an error that says what to add', async () => {
    const files = debian()
    await run({ ...files, Dockerfile: files.Dockerfile.replace(/^ENTRYPOINT.*$/m, '') })
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    expect(problems()).toMatchObject([
      {
        rule: 'entrypoint',
        level: 'error',
        help: expect.stringContaining('ENTRYPOINT ["node", "node_modules/.bin/aws-lambda-ric"]'),
      },
      { rule: 'smoke', help: expect.stringContaining('runtime interface client') },
    ])
  })

  it('with a program that does not ask for events: the smoke fails, and says what to add', async () => {
    const files = debian()
    const Dockerfile = files.Dockerfile.replace(/^ENTRYPOINT.*$/m, '').replace('"app.handler"', '"node", "app.mjs"')
    await run({ ...files, Dockerfile })
    expect(result.report?.failure).toMatchObject({ stage: 'smoke', code: 'smoke-failed' })
    expect(result.report?.failure?.help).toContain('runtime interface client')
  })
})

describe('compiled code', () => {
  const event = { 'smoke-event': '{"id": 7}', 'smoke-expect': '{"runtime": "own", "event": {"id": 7}}' }
  const onto = async (...stage: string[]) => ({
    'bootstrap.c': await fixture('bootstrap.c'),
    Dockerfile: [
      `FROM ${images.build} AS build`,
      'COPY bootstrap.c ./',
      'RUN gcc -Wall -Werror -static -O2 -o /bootstrap bootstrap.c',
      ...stage,
    ].join('\n'),
  })

  it('as bootstrap of an OS-only base answers, under the emulator that is there', async () => {
    // As AWS's OS-only images are: entry script, emulator and system, and a place for the bootstrap.
    const files = await onto(
      `FROM ${images.debian}`,
      `COPY --from=${world.base} /lambda-entrypoint.sh /lambda-entrypoint.sh`,
      `COPY --from=${world.base} /usr/local/bin/aws-lambda-rie /usr/local/bin/aws-lambda-rie`,
      'COPY --from=build /bootstrap /var/runtime/bootstrap',
      'ENTRYPOINT ["/lambda-entrypoint.sh"]',
      'CMD ["any.word"]',
    )
    await run(files, { ...event, runtime: 'provided.al2023', 'runtime-image': images.debian })
    expect(result.report?.failure).toBeUndefined()
    expect(findings().filter((line) => line.startsWith('error'))).toEqual([])
    expect(result.log).toContain("Runtime interface emulator: the image's own")
    expect(result.report?.smoke.cases).toMatchObject([{ status: 'passed' }])
  })

  it('on nothing at all answers', async () => {
    const files = await onto('FROM scratch', 'COPY --from=build /bootstrap /bootstrap', 'ENTRYPOINT ["/bootstrap"]')
    await run(files, event)
    expect(result.report?.failure).toBeUndefined()
    expect(findings()).toEqual([])
    expect(result.report?.smoke.cases).toMatchObject([{ status: 'passed' }])
  })

  it('that needs a newer glibc than the image has: found before, and confirmed by the smoke', async () => {
    const Dockerfile = [
      `FROM ${images.build} AS build`,
      'COPY addon.c ./',
      'RUN gcc -Wall -shared -fPIC -pthread -o /addon.node addon.c',
      `FROM ${images.older}`,
      'COPY --from=build /addon.node ./node_modules/native/addon.node',
      'COPY app.cjs ./',
      'CMD ["app.handler"]',
    ].join('\n')
    const source = "require('./node_modules/native/addon.node')\nexports.handler = async () => 1\n"
    await run({ Dockerfile, 'app.cjs': source, 'addon.c': await fixture('addon.c') }, { 'runtime-image': images.older })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    expect(result.report?.findings).toContainEqual(
      expect.objectContaining({
        rule: 'symbol-version',
        level: 'error',
        confidence: 'proven',
        subject: '/var/task/node_modules/native/addon.node',
        actual: expect.stringContaining('`GLIBC_2.34` of `libc.so.6`'),
        expected: expect.stringContaining('GLIBC_2.30'),
      }),
    )
    expect(result.report?.smoke.cases[0]?.error?.message).toMatch(/GLIBC_2\.34.*not found.*addon\.node/)
  })
})

describe('files that Lambda’s user cannot read', () => {
  it('are an error, and the smoke fails of it', async () => {
    const files = nodeFunction(world.base, 'export const handler = async () => 1')
    const Dockerfile = files.Dockerfile?.replace('CMD', 'RUN chmod 600 app.mjs\nCMD') ?? ''
    await run({ ...files, Dockerfile })
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    expect(problems()[0]).toMatchObject({
      rule: 'unreadable-file',
      level: 'error',
      subject: '/var/task/app.mjs',
      actual: '`0600`',
      help: expect.stringContaining('chmod'),
    })
    expect(result.report?.smoke.cases[0]?.error?.message).toMatch(/EACCES|permission denied/i)
  })
})
