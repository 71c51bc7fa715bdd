import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { startWorld, type World } from './world.ts'

let world: World
let images: Record<'build' | 'older', string>
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  const made = await world.lab.images(['lambda/nodejs:22-bullseye', 'sam/build-nodejs22.x:latest'])
  images = { build: made['sam/build-nodejs22.x:latest'], older: made['lambda/nodejs:22-bullseye'] }
})
afterEach(() => result.dispose())
afterAll(async () => {
  expect(await world.leftovers()).toEqual([])
  await world[Symbol.asyncDispose]()
})

// OpenMP's library comes with the compiler (libgomp1), and no runtime has it; arc4random is new in glibc 2.36.
const ADDON = `#include <stdlib.h>
#include <omp.h>
typedef void *napi_env, *napi_value;
napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  return omp_get_max_threads() > 0 NEWER ? exports : 0;
}
`
const APP = `const addon = require('./addon.node')\nexports.handler = async () => ({ ok: addon !== undefined })\n`

/** Compiled on Debian 12 with gcc; \`more\` are further lines of the final stage, which starts from \`base\`. */
const run = async (base: string, { newer = '', more = '' } = {}) => {
  const context = await world.context({
    'addon.c': ADDON.replace('NEWER', newer),
    'app.js': APP,
    Dockerfile: `FROM ${images.build} AS build
WORKDIR /src
COPY addon.c ./
RUN gcc -shared -fPIC -fopenmp -o addon.node addon.c

FROM ${base}
COPY app.js ./
COPY --from=build /src/addon.node ./
${more}CMD ["app.handler"]
`,
  })
  const inputs = { context, publish: 'never', 'runtime-image': base, 'smoke-expect': '{"ok": true}' }
  result = await world.run(inputs, { anonymous: true })
  return (rule: string) => result.report?.findings.find((finding) => finding.rule === rule && finding.level === 'error')
}

describe('code that is compiled in a stage of its own', () => {
  it('a library that only the build stage has: what is advised, followed to the letter, helps', async () => {
    const missing = (await run(world.base))('missing-library')
    expect(missing).toMatchObject({
      subject: '/var/task/addon.node',
      location: { file: expect.stringMatching(/\/Dockerfile$/), line: 8 },
      message: expect.stringMatching(
        /needs `libgomp\.so\.1`.*the build stage `build` has it in `\/usr\/lib\/\S+` \(package `libgomp1 12\.\S+`\)/,
      ),
      confirmedBy: ['default'],
    })
    expect(result.summary).toMatch(/- where: `\/var\/task\/addon\.node`, `\S*Dockerfile:8`/)
    const advice = missing?.help.split('\n').find((line) => line.startsWith('COPY --from=build '))
    expect(advice).toMatch(/\/libgomp\.so\.1 \/var\/task\/lib\/$/)
    await result.dispose()

    await run(world.base, { more: `${advice}\n` })
    expect(result.report?.failure).toBeUndefined()
    expect(result.report?.smoke.cases).toMatchObject([{ status: 'passed', response: { ok: true } }])
  })

  it('a newer build stage: file, version, both packages and the line to change; no copy that would not load', async () => {
    const error = await run(images.older, { newer: '&& arc4random() != 7' })
    expect(error('symbol-version')).toMatchObject({
      subject: '/var/task/addon.node',
      message: expect.stringMatching(
        /`GLIBC_2\.36` of `libc\.so\.6`; the image has up to `GLIBC_2\.3\d` \(`\/\S+` of package `libc6 2\.31-\S+`\); the build stage `build` has it \(`libc6 2\.36-\S+`\)/,
      ),
      actual: expect.stringContaining("libc.so.6: version 'GLIBC_2.36' not found (required by /var/task/addon.node)"),
      help: expect.stringMatching(/`build` \(line 1\) start from .*\nFROM \S+nodejs:22-bullseye AS build$/),
    })
    const missing = error('missing-library')
    expect(missing?.help).toMatch(/A copy from the build stage `build` would not load: it needs `GLIBC_2\.3\d`/)
    expect(missing?.help).toMatch(/^RUN apt-get .* libgomp1 /m)
    expect(missing?.help).not.toContain('COPY')
    // One cause, one finding: that the systems differ is what these two say.
    expect(result.report?.findings.map(({ rule }) => rule)).not.toContain('os-family')
  })
})
