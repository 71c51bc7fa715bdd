import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { up } from '../../lab/lab.ts'
import { dockerBuilder } from '../../src/adapters/docker-build.ts'
import { buildArguments, buildEnvironment } from '../../src/build/build-arguments.ts'
import { buildFailure } from '../../src/build/build-failure.ts'
import type { BuildSource } from '../../src/plan/plan.ts'
import { makeBuildSource } from '../build/build-source.ts'

// Real engines on a busy machine.
/** An image with a shell, of the lab's public registry. */
let base: string
let context: string

beforeAll(async () => {
  base = `${(await up()).publicRegistry.host}/lambda/nodejs:22`
  context = await mkdtemp(join(tmpdir(), 'docker-build-test-'))
})
afterAll(async () => {
  await rm(context, { recursive: true, force: true })
})

async function build(
  dockerfile: string,
  options: { source?: Partial<BuildSource>; onLine?: (line: string) => void; signal?: AbortSignal } = {},
) {
  const file = join(context, 'Dockerfile')
  await writeFile(file, dockerfile)
  const source = makeBuildSource({ context, file, ...options.source })
  const argv = buildArguments(source, { architecture: 'x86_64', tag: 'docker-build-test', proxyVariables: [] })
  // Nothing has to be kept of what these builds make.
  const unloaded = argv.map((argument) => argument.replace(/^type=docker,.*/, 'type=cacheonly'))
  const builder = dockerBuilder({ signal: options.signal ?? new AbortController().signal })
  return await builder.build(unloaded, { env: buildEnvironment(source), onLine: options.onLine ?? (() => undefined) })
}

/** Command lines of this machine's processes, those in containers included. */
async function commandLines(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
}

describe('dockerBuilder', () => {
  it('gives a secret to the step that mounts it', async () => {
    const run = 'RUN --mount=type=secret,id=token,required=true test "$(cat /run/secrets/token)" = "a b"'
    const { exitCode, log } = await build(`FROM ${base}\n${run}\n`, {
      source: { secrets: [{ id: 'token', value: 'a b' }], noCache: true },
    })
    expect(exitCode, log).toBe(0)
  })

  it('tells every line, and a failing step is read out of them', async () => {
    const lines: string[] = []
    const { exitCode, log } = await build(`FROM ${base}\nRUN echo "npm error E404" && exit 7\n`, {
      onLine: (line) => lines.push(line),
    })
    expect(exitCode).not.toBe(0)
    expect(lines.some((line) => line.includes('FROM'))).toBe(true)
    const { message } = buildFailure(log, exitCode)
    expect(message).toMatch(/RUN echo .*exit 7/)
    expect(message).toMatch(/exit code: 7/)
    expect(message).toMatch(/npm error E404$/m)
  })

  it('names a base image that does not exist', async () => {
    const { exitCode, log } = await build(`FROM ${base}-none\n`)
    expect(buildFailure(log, exitCode).message).toMatch(/base image was not found/)
  })

  it('ends with its steps when the run is cancelled', async () => {
    const cancelled = new Error('cancelled')
    const controller = new AbortController()
    const command = `sleep 300.${process.pid}`
    const cmdline = `${command.replace(' ', '\0')}\0`
    const building = build(`FROM ${base}\nRUN exec ${command}\n`, { signal: controller.signal })
    await vi.waitFor(async () => expect(await commandLines()).toContain(cmdline), { timeout: 60_000 })
    controller.abort(cancelled)
    await expect(building).rejects.toBe(cancelled)
    await vi.waitFor(async () => expect(await commandLines()).not.toContain(cmdline), { timeout: 10_000 })
  }, 90_000)
})
