import { describe, expect, it } from 'vitest'
import { type BuildStageRequest, readBuildStage } from '../../src/build/build-stage.ts'
import type { EvidenceReader } from '../../src/inspect/evidence-reader.ts'
import type { BuildImage, BuildSource } from '../../src/plan/plan.ts'
import type { ImageBuilder } from '../../src/ports/image-builder.ts'
import { makeEvidence } from '../builders/evidence.ts'
import { fakeLog } from '../builders/ports.ts'
import { makeBuildSource } from './build-source.ts'
import { fakeImages, makeLocalImage } from './fake-images.ts'

const TAG = 'lambda-parity/get-customer-build-stage:r1-amd64'
const STAGE = { from: 'stage', name: 'build', base: 'example/sdk:1', line: 3 } as const

function read(buildImage: BuildImage, source: Partial<BuildSource> = {}, exitCode = 0) {
  const log = fakeLog()
  const built: (readonly string[])[] = []
  const removed: string[] = []
  const builder: ImageBuilder = {
    async build(argv) {
      built.push(argv)
      return { exitCode, log: 'ERROR: failed to build: no space left on device' }
    },
  }
  const images = {
    ...fakeImages({ [TAG]: makeLocalImage() }, { 'example/sdk:1': makeLocalImage() }),
    remove: async (reference: string) => {
      removed.push(reference)
    },
  }
  const reader: EvidenceReader = {
    read: async ({ reference }) =>
      makeEvidence({
        subject: { reference, digest: `sha256:${'e'.repeat(64)}`, platform: 'linux/amd64' },
        partial: [{ of: 'file', path: reference, why: 'cut' }],
      }),
  }
  const request: BuildStageRequest = {
    buildImage,
    source: makeBuildSource({ cacheTo: ['type=gha'], labels: ['a=b'], pull: true, ...source }),
    architecture: 'x86_64',
    name: 'get-customer',
    runId: 'r1',
    environment: {},
  }
  return { log, built, removed, images, result: readBuildStage(request, { builder, images, log, reader }) }
}

describe('a stage of the Dockerfile', () => {
  it('is built from the cache of the build that ran, read, and removed', async () => {
    const { built, removed, result } = read(STAGE)
    const { evidence, stage } = await result
    expect(stage).toBe('build')
    expect(evidence?.subject).toEqual({ reference: 'example/sdk:1', platform: 'linux/amd64' })
    // The stage's own files, under the name of the image that it starts from.
    expect(evidence?.partial).toEqual([{ of: 'file', path: TAG, why: 'cut' }])
    expect(removed).toEqual([TAG])
    expect(built[0]?.join(' ')).toContain(`--tag ${TAG}`)
    expect(built[0]?.join(' ')).toContain('--target build')
    expect(built[0]?.join(' ')).not.toMatch(/cache-to|--label|--pull|force-compression/)
  })

  it.each<[string, BuildImage, Partial<BuildSource>, number]>([
    ['cannot be built', STAGE, {}, 1],
    ['has no name', { from: 'stage', base: 'example/sdk:1', line: 3 }, {}, 0],
    ['would be compiled again', STAGE, { noCache: true }, 0],
  ])('leaves it to its base where it %s', async (_, stage, source, exitCode) => {
    const { images, log, result } = read(stage, source, exitCode)
    expect((await result).evidence?.subject.reference).toBe('example/sdk:1')
    expect(images.pulled).toEqual(['linux/amd64 example/sdk:1'])
    expect(log.lines.join('\n')).toMatch(/stage in line 3 of the Dockerfile cannot be read/)
  })

  it('is not read where it has no base either', async () => {
    const { result } = read({ from: 'stage', name: 'build', line: 3 }, {}, 1)
    expect(await result).toEqual({
      stage: 'build',
      unread: expect.stringContaining('line 3 of the Dockerfile cannot be read: '),
    })
  })
})

describe('a given build image', () => {
  it('is read as it is', async () => {
    const { built, removed, result } = read({ from: 'given', reference: 'example/sdk:1' })
    expect((await result).evidence?.subject.reference).toBe('example/sdk:1')
    expect([built, removed]).toEqual([[], []])
  })

  it('that nobody has ends no run', async () => {
    const { log, result } = read({ from: 'given', reference: 'example/none:1' })
    expect(await result).toEqual({ unread: expect.stringContaining('example/none:1') })
    expect(log.lines.at(-1)).toMatch(/^warning: /)
  })
})
