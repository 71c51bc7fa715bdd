import { describe, expect, it } from 'vitest'
import { buildImage } from '../../src/build/build-image.ts'
import type { BuildSource } from '../../src/plan/plan.ts'
import type { ImageBuilder } from '../../src/ports/image-builder.ts'
import { fakeLog } from '../builders/ports.ts'
import { makeBuildSource } from './build-source.ts'
import { fakeImages, makeLocalImage } from './fake-images.ts'

const TAG = 'lambda-parity/get-customer:r1-amd64'

function run(lines: readonly string[], exitCode: number, source: Partial<BuildSource> = {}, local = [TAG]) {
  const log = fakeLog()
  const calls: { argv: readonly string[]; env: Readonly<Record<string, string>> }[] = []
  const builder: ImageBuilder = {
    async build(argv, { env, onLine }) {
      calls.push({ argv, env })
      for (const line of lines) onLine(line)
      return { exitCode, log: lines.join('\n') }
    },
  }
  const images = fakeImages(Object.fromEntries(local.map((tag) => [tag, makeLocalImage({ id: 'sha256:built' })])))
  const request = {
    source: makeBuildSource(source),
    architecture: 'x86_64',
    name: 'get-customer',
    runId: 'r1',
    environment: { HTTPS_PROXY: 'http://proxy.example:3128', NPM_TOKEN: 'npm-token-value' },
  } as const
  return { log, calls, artifact: buildImage(request, { builder, images, log }) }
}

describe('buildImage', () => {
  it('shows progress and gives the image that the engine has', async () => {
    const { log, calls, artifact } = run(['#1 DONE 0.0s'], 0)
    expect(await artifact).toEqual({ reference: TAG, id: 'sha256:built', origin: 'built' })
    expect(log.lines).toEqual(['info: #1 DONE 0.0s'])
    expect(calls[0]?.argv).toContain(TAG)
    expect(calls[0]?.argv.join(' ')).toContain('--build-arg HTTPS_PROXY ')
  })

  it('fails with what BuildKit said', async () => {
    const { artifact } = run(['ERROR: failed to build: failed to solve: target stage "x" could not be found'], 1)
    await expect(artifact).rejects.toMatchObject({
      code: 'build-failed',
      message: expect.stringContaining('target stage'),
    })
  })

  it('shows no secret, neither in the log nor in the failure', async () => {
    const secrets = [
      { id: 'a', value: 'first-value\nsecond-line-of-it' },
      { id: 'b', environmentVariable: 'NPM_TOKEN' },
    ]
    const { log, artifact } = run(['0.1 second-line-of-it npm-token-value', 'ERROR: first-value\n'], 1, { secrets })
    const error = await artifact.catch((failure: Error) => failure)
    expect(log.lines).toContain('info: 0.1 *** ***')
    expect(log.lines.filter((line) => line.startsWith('mask: '))).toHaveLength(4)
    expect(String(error)).toContain('***')
    expect(String(error)).not.toMatch(/first-value|second-line|npm-token/)
  })

  it('says when the result did not reach the engine', async () => {
    const { artifact } = run([], 0, {}, [])
    await expect(artifact).rejects.toMatchObject({ code: 'build-failed', help: expect.stringContaining('builder') })
  })
})
