import { chmod } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { nodeFunction, type RunOptions, startWorld, type World } from './world.ts'

let world: World
let healthy: string
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  healthy = await world.context(nodeFunction(world.base, 'export const handler = async () => 1'))
})
afterEach(() => result.dispose())
afterAll(() => world[Symbol.asyncDispose]())

/** Runs, expects a failure with a report, a next step and no stack; returns the failure. */
async function failure(inputs: Record<string, string>, options: RunOptions = {}) {
  result = await world.run(inputs, { anonymous: true, ...options })
  expect(result.exitCode).toBe(1)
  expect(result.log).not.toMatch(/^\s+at .*\(.*:\d+:\d+\)/m)
  expect(result.report).toMatchObject({ schema: 1, verdict: 'failed', failure: { help: expect.stringMatching(/\w/) } })
  expect(result.summary).toContain('❌')
  return result.report?.failure
}

/** A folder whose `docker` answers as scripted, put before everything else in PATH. */
async function stubDocker(script: string): Promise<RunOptions> {
  const folder = await world.context({ docker: `#!/bin/sh\n${script}\n` })
  await chmod(join(folder, 'docker'), 0o755)
  return { env: { PATH: `${folder}:/usr/bin:/bin`, DOCKER_HOST: '' } }
}

describe('wrong inputs', () => {
  it('are all reported at once, by name, value and accepted values; secrets are not quoted', async () => {
    const found = await failure({
      context: healthy,
      architecture: 'x86_64,arm64',
      'fail-on': 'errors',
      'memory-size': '64',
      'create-repository': 'yes',
      tags: '-not a tag',
      ignore: 'symbol-versions',
      'smoke-event': '{"id": ',
      secrets: 'no-value-here',
    })
    expect(found).toMatchObject({ stage: 'plan', code: 'invalid-input' })
    for (const name of [
      'architecture',
      'fail-on',
      'memory-size',
      'create-repository',
      'tags',
      'ignore',
      'smoke-event',
    ]) {
      expect(found?.message).toContain(`\`${name}\``)
    }
    expect(found?.message).toContain('symbol-version')
    expect(found?.message).toMatch(/128.*10,?240/)
    expect(found?.message).not.toContain('no-value-here')
    expect(result.report?.stages[1]).toMatchObject({ name: 'build', status: 'skipped' })
    expect(result.report?.plan).toHaveProperty('context')
  })

  it('kind: layer without runtime and path, and publish: always, at once', async () => {
    const found = await failure({ kind: 'layer', publish: 'always' })
    expect(found).toMatchObject({ stage: 'plan', code: 'invalid-input' })
    for (const name of ['runtime', 'layer-path', 'layer-name']) expect(found?.message).toContain(`\`${name}\``)
  })

  it('no Dockerfile', async () => {
    const context = await world.context({ 'Dockerfile.prod': 'FROM scratch' })
    const found = await failure({ context })
    expect(found).toMatchObject({ stage: 'plan', code: 'invalid-input' })
    expect(found?.message).toContain('Dockerfile.prod')
  })

  it('publish: always without credentials', async () => {
    const found = await failure(
      { context: healthy, publish: 'always', repository: 'shop' },
      { env: { AWS_EC2_METADATA_DISABLED: 'true' } },
    )
    expect(found?.code).toBe('no-credentials')
  })
})

describe('an engine that cannot be used', () => {
  it('not installed', async () => {
    const found = await failure({ context: healthy }, { env: { PATH: dirname('/nonexistent/docker') } })
    expect(found).toMatchObject({ stage: 'build', code: 'docker-unavailable' })
    expect(found?.message).toContain('not installed')
    expect(result.report?.plan).toHaveProperty('memory-size')
  })

  it('not running', async () => {
    const found = await failure({ context: healthy }, { env: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' } })
    expect(found?.code).toBe('docker-unavailable')
    expect(found?.message).toContain('/nonexistent/docker.sock')
  })

  it('Podman in its place', async () => {
    // What podman 4.3.1 answers to both questions.
    const version = '{"Client":{"APIVersion":"4.3.1","Version":"4.3.1","OsArch":"linux/amd64","Os":"linux"}}'
    const options = await stubDocker(
      `case "$1" in version) echo '${version}';; *) echo '{"host":{"arch":"amd64"}}';; esac`,
    )
    expect(await failure({ context: healthy }, options)).toMatchObject({
      code: 'docker-unavailable',
      message: expect.stringContaining('Podman'),
    })
  })

  const version = (server: object) =>
    JSON.stringify({ Client: { Version: '28.2.2', ApiVersion: '1.50', Context: 'default' }, Server: server })

  it('Windows containers', async () => {
    const server = version({
      Version: '28.2.2',
      ApiVersion: '1.50',
      MinAPIVersion: '1.24',
      Os: 'windows',
      Arch: 'amd64',
    })
    const options = await stubDocker(
      `case "$1" in version) echo '${server}';; *) echo "github.com/docker/buildx v0.29.0 x";; esac`,
    )
    const found = await failure({ context: healthy }, options)
    expect(found?.code).toBe('docker-unavailable')
    expect(found?.message).toContain('windows')
  })

  it('too old', async () => {
    const server = version({ Version: '19.3.1', ApiVersion: '1.40', MinAPIVersion: '1.12', Os: 'linux', Arch: 'amd64' })
    const options = await stubDocker(
      `case "$1" in version) echo '${server}';; *) echo "github.com/docker/buildx v0.29.0 x";; esac`,
    )
    const found = await failure({ context: healthy }, options)
    expect(found?.message).toMatch(/19\.3\.1.*20\.10\.10/)
  })

  it('without buildx', async () => {
    const server = version({ Version: '28.2.2', ApiVersion: '1.50', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' })
    const options = await stubDocker(
      `case "$1" in version) echo '${server}';; buildx) echo "docker: 'buildx' is not a docker command." >&2; exit 1;; *) echo '{}';; esac`,
    )
    const found = await failure({ context: healthy }, options)
    expect(found?.message).toContain('buildx')
    expect(found?.help).toContain('setup-buildx-action')
  })
})

describe('images that are not there or cannot be used', () => {
  it('runtime image not found', async () => {
    const found = await failure({
      context: healthy,
      'runtime-image': `${world.lab.publicRegistry.host}/lambda/nodejs:99`,
    })
    expect(found).toMatchObject({ stage: 'inspect', code: 'image-not-found' })
    expect(found?.message).toContain('lambda/nodejs:99')
  })

  it('image not found', async () => {
    const found = await failure({ image: `${world.lab.publicRegistry.host}/nobody/nothing:1` })
    expect(found).toMatchObject({ stage: 'inspect', code: 'image-not-found' })
    expect(result.report?.stages[1]).toMatchObject({ name: 'build', status: 'skipped' })
  })

  it('registry that cannot be reached', async () => {
    const found = await failure({ image: '127.0.0.1:1/team/app:1' })
    expect(found).toMatchObject({ stage: 'inspect', code: 'registry-error' })
    expect(found?.message).toContain('127.0.0.1:1')
  })

  it('base image that cannot be pulled', async () => {
    const context = await world.context({ Dockerfile: `FROM ${world.lab.publicRegistry.host}/nobody/base:1\n` })
    const found = await failure({ context })
    expect(found).toMatchObject({ stage: 'build' })
    expect(found?.message).toContain('nobody/base:1')
  })

  it('image without an entry point', async () => {
    const context = await world.context({ Dockerfile: 'FROM scratch\nCOPY app.txt /var/task/\n', 'app.txt': 'x' })
    const found = await failure({ context })
    expect(found).toMatchObject({ stage: 'check', code: 'findings' })
    expect(result.report?.findings[0]).toMatchObject({ rule: 'entrypoint', level: 'error' })
    expect(result.report?.smoke.status).toBe('failed')
  })
})

describe('what must never be seen', () => {
  it('build secrets, smoke-env values and the token', async () => {
    const context = await world.context({
      ...nodeFunction(
        world.base,
        'export const handler = async () => { console.log(process.env.API_KEY); return process.env.API_KEY }',
      ),
      Dockerfile: `FROM ${world.base}\nRUN --mount=type=secret,id=npm cat /run/secrets/npm && test -s /run/secrets/npm\nCOPY app.mjs ./\nCMD ["app.handler"]\n`,
    })
    result = await world.run(
      {
        context,
        secrets: 'npm=hidden-build-secret',
        'smoke-env': 'API_KEY=hidden-smoke-value',
        'github-token': 'hidden-token',
      },
      { anonymous: true },
    )
    expect(result.exitCode).toBe(0)
    const shown = [
      // The runner takes these lines for itself: they are how it learns what to hide.
      result.log.replaceAll(/^::add-mask::.*$/gm, ''),
      JSON.stringify(result.report),
      result.summary,
      JSON.stringify(result.outputs),
    ].join('\n')
    expect(shown).not.toMatch(/hidden-(build-secret|smoke-value|token)/)
    expect(result.report?.plan['smoke-env']).toMatchObject({ value: ['API_KEY'] })
    expect(result.report?.plan.secrets).toMatchObject({ value: ['npm'] })
  })

  it('workflow commands of the function, the build or the files', async () => {
    const context = await world.context({
      ...nodeFunction(
        world.base,
        'export const handler = async () => { console.log("::set-output name=x::y"); throw new Error("::error::@octocat <!-- x --> https://evil.example") }',
      ),
      Dockerfile: `FROM ${world.base}\nRUN echo "::stop-commands::x"\nCOPY app.mjs ./\nCMD ["app.handler"]\n`,
    })
    await failure({ context })
    const commands = result.log.split('\n').filter((line) => /^\s*::/.test(line))
    expect(commands.filter((line) => !/^::(group|endgroup|error|warning|notice|add-mask|debug)/.test(line))).toEqual([])
    expect(result.log).not.toMatch(/^::error::@octocat/m)
    expect(result.summary).not.toContain('<!-- x')
  })
})

describe('a report directory', () => {
  it('in which nothing can be made: a warning that says where the report is instead', async () => {
    const folder = await world.context({ file: 'x' })
    result = await world.run({ context: healthy, 'report-dir': join(folder, 'file/report') }, { anonymous: true })
    expect(result.exitCode).toBe(0)
    expect(result.log).toMatch(/::warning::Nothing can be written to `report-dir`/)
    expect(result.outputs['report-json']).toContain(result.temporary)
    expect(result.report).toMatchObject({ verdict: 'passed' })
  })

  it('that is a file is a wrong input', async () => {
    const folder = await world.context({ file: 'x' })
    const found = await failure({ context: healthy, 'report-dir': join(folder, 'file') })
    expect(found).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('`report-dir`') })
  })
})
