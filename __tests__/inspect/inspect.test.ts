import { describe, expect, it } from 'vitest'
import type { ImageArtifact } from '../../src/artifact.ts'
import { ActionError } from '../../src/errors.ts'
import type { Evidence } from '../../src/inspect/evidence.ts'
import { type InspectPorts, inspector } from '../../src/inspect/inspect.ts'
import type { RuntimePlan } from '../../src/inspect/runtime-facts.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import type { LocalImage } from '../../src/ports/images.ts'
import { fakeLog } from '../builders/ports.ts'
import { buildTar, type TarFile } from '../builders/tar.ts'

const inspect = (plan: RuntimePlan, artifact: ImageArtifact, ports: InspectPorts) =>
  inspector(plan, ports).inspect(artifact)

const OS = { name: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n' }
const NODEJS22 = findRuntime('nodejs22.x')

type FakeImage = {
  readonly id: string
  readonly layers?: readonly string[]
  readonly files?: readonly TarFile[]
  readonly env?: readonly string[]
}

/** An engine with images by reference, and a registry with images that can be pulled. */
function makePorts(local: Readonly<Record<string, FakeImage>>, registry: Readonly<Record<string, FakeImage>> = {}) {
  const images = new Map(Object.entries(local))
  const reads: string[] = []
  const disk = new Map<string, Evidence>()
  const log = fakeLog()
  const unused = async () => {
    throw new Error('not implemented')
  }
  const ports: InspectPorts = {
    log,
    images: {
      inspect: async (reference) => {
        const image = images.get(reference)
        return image && inspected(image)
      },
      history: async () => undefined,
      save: async () => false,
      pull: async (reference) => {
        const image = registry[reference]
        if (image === undefined) throw new ActionError('access-denied', `denied: ${reference}`, { help: 'log in' })
        images.set(reference, image)
      },
      tag: unused,
      remove: unused,
    },
    imageFiles: {
      read: async ({ reference }, onChunk) => {
        reads.push(reference)
        onChunk(buildTar(images.get(reference)?.files ?? [OS]))
      },
    },
    evidenceCache: {
      read: async (id, platform) => disk.get(`${id} ${platform}`),
      write: async (id, platform, evidence) => {
        disk.set(`${id} ${platform}`, evidence)
      },
    },
  }
  return { ports, reads, disk, log }
}

function inspected({ id, layers = [], env = [] }: FakeImage): LocalImage {
  const raw = {
    Id: id,
    Os: 'linux',
    Architecture: 'amd64',
    Size: 5000,
    Config: { Env: env },
    RootFS: { Layers: layers },
  }
  return { id, os: 'linux', architecture: 'amd64', repoDigests: [`repository@sha256:${id}`], raw }
}

const ARTIFACT: ImageArtifact = { reference: 'app:1', id: 'app', origin: 'built' }
const APP: FakeImage = { id: 'app', layers: ['a', 'b'] }
const BASE: FakeImage = { id: 'base', layers: ['a'] }

function plan(runtimeImage: RuntimePlan['runtimeImage'], overrides: Partial<RuntimePlan> = {}): RuntimePlan {
  return { architecture: 'x86_64', runtimeImage, ...overrides }
}

it('reads artifact and runtime once each, and the runtime not again in a later run', async () => {
  const { ports, reads, disk, log } = makePorts({ 'app:1': APP, 'base:1': BASE })
  const given = plan({ from: 'given', reference: 'base:1' })
  const first = await inspect(given, ARTIFACT, ports)
  expect(reads.toSorted()).toEqual(['app:1', 'base:1'])
  expect([...disk.keys()]).toEqual(['base linux/amd64'])
  expect(first.runtime).toMatchObject({ reference: 'base:1', environment: { source: 'scanned', os: { id: 'debian' } } })
  const second = await inspect(given, ARTIFACT, ports)
  expect(reads).toHaveLength(3)
  expect(second).toEqual(first)
  expect(log.lines).toContain('info: base:1 was read by an earlier run: its evidence is taken from the tool cache')
})

it('reads an image once when it is artifact and runtime, under both names', async () => {
  const { ports, reads } = makePorts({ 'app:1': APP, 'same:1': APP })
  const { artifact, runtime } = await inspect(plan({ from: 'given', reference: 'same:1' }), ARTIFACT, ports)
  expect(reads).toHaveLength(1)
  expect([artifact.subject.reference, runtime.reference]).toEqual(['app:1', 'same:1'])
})

it('puts what the registry said into the evidence', async () => {
  const { ports } = makePorts({ 'app:1': APP })
  const layers = [30, 12].map((size) => ({ digest: `sha256:${size}`, mediaType: 'gzip', size }))
  const source = { reference: 'host/app:1', digest: 'sha256:manifest', mediaType: 'manifest', layers }
  const index = { reference: 'host/app:1', digest: 'sha256:index', mediaType: 'index', children: [] }
  const repaired = { index, child: 'sha256:manifest' }
  const { artifact } = await inspect(plan({ from: 'recognise' }), { ...ARTIFACT, source, repaired }, ports)
  expect(artifact).toMatchObject({
    subject: { reference: 'app:1', digest: 'sha256:manifest', platform: 'linux/amd64' },
    manifest: source,
    index,
    bytes: { uncompressed: 5000, compressed: 42 },
  })
})

describe('the runtime', () => {
  it('that was given and is missing stops the run as image-not-found, whatever the registry said', async () => {
    const { ports } = makePorts({ 'app:1': APP })
    await expect(inspect(plan({ from: 'given', reference: 'missing:1' }), ARTIFACT, ports)).rejects.toMatchObject({
      code: 'image-not-found',
      message: 'denied: missing:1',
    })
  })

  it('that is not in the engine is pulled', async () => {
    const { ports } = makePorts({ 'app:1': APP }, { 'base:1': BASE })
    const { runtime } = await inspect(plan({ from: 'given', reference: 'base:1' }), ARTIFACT, ports)
    expect(runtime.evidence?.image?.id).toBe('base')
  })

  it('that was derived and is missing is taken from the table', async () => {
    const { ports, log } = makePorts({ 'app:1': APP })
    const derived = plan(
      { from: 'derived', reference: 'missing:1', because: 'runtime' },
      NODEJS22 && { runtime: NODEJS22 },
    )
    const { runtime } = await inspect(derived, ARTIFACT, ports)
    expect(runtime).toMatchObject({ runtime: { id: 'nodejs22.x' }, environment: { source: 'table' } })
    expect(runtime).not.toHaveProperty('evidence')
    expect(log.lines.join('\n')).toContain('missing:1 cannot be read: denied: missing:1')
  })

  it('is the FROM of the final stage where the artifact shows no AWS base', async () => {
    const { ports } = makePorts({ 'app:1': APP }, { 'debian:12': BASE })
    const { runtime } = await inspect(plan({ from: 'recognise', base: 'debian:12' }), ARTIFACT, ports)
    expect(runtime).toMatchObject({ reference: 'debian:12', evidence: { image: { id: 'base' } } })
  })

  it('that nothing tells is the artifact itself', async () => {
    const { ports } = makePorts({ 'app:1': APP })
    const { runtime, artifact } = await inspect(plan({ from: 'recognise' }), ARTIFACT, ports)
    expect(runtime).toEqual({
      reference: 'app:1',
      evidence: artifact,
      environment: expect.objectContaining({ reference: 'app:1', source: 'scanned' }),
    })
  })

  const AWS: FakeImage = {
    id: 'app',
    env: ['LAMBDA_RUNTIME_DIR=/var/runtime'],
    files: [
      { name: 'etc/os-release', content: 'ID="amzn"\nVERSION_ID="2023"\n' },
      { name: 'var/lang/bin/python3.13', mode: 0o755 },
    ],
  }
  const PYTHON = 'public.ecr.aws/lambda/python:3.13'

  it('is recognised from the artifact, and its image read', async () => {
    const { ports, log } = makePorts({ 'app:1': AWS }, { [PYTHON]: BASE })
    const { runtime } = await inspect(plan({ from: 'recognise' }), ARTIFACT, ports)
    expect(runtime).toMatchObject({
      reference: PYTHON,
      runtime: { id: 'python3.13' },
      evidence: { image: { id: 'base' } },
    })
    expect(log.lines.join('\n')).toContain(`app:1 was built on ${PYTHON}`)
  })

  it('is recognised from the artifact, and taken from the table when its image cannot be read', async () => {
    const { ports } = makePorts({ 'app:1': AWS })
    const { runtime } = await inspect(plan({ from: 'recognise' }), ARTIFACT, ports)
    expect(runtime).toMatchObject({
      runtime: { id: 'python3.13' },
      environment: { source: 'table', tools: { python: '3.13' } },
    })
  })
})

it('reads of an index in the engine the child for the wanted architecture', async () => {
  const { ports } = makePorts({ 'app:1': APP })
  const index = { reference: 'app@sha256:index', digest: 'sha256:index', mediaType: 'index', children: [] }
  const amd64 = { ...inspected(APP), index }
  const raw = { ...(amd64.raw as object), Architecture: 'arm64' }
  const multiPlatform: InspectPorts = {
    ...ports,
    images: {
      ...ports.images,
      inspect: async (_, options) =>
        options?.platform === 'linux/arm64' ? { ...amd64, architecture: 'arm64', raw } : amd64,
    },
  }
  const recognise = { from: 'recognise' } as const
  const arm64 = await inspect(plan(recognise, { architecture: 'arm64' }), ARTIFACT, multiPlatform)
  expect(arm64.artifact.subject.platform).toBe('linux/arm64')
  expect((await inspect(plan(recognise), ARTIFACT, multiPlatform)).artifact.subject.platform).toBe('linux/amd64')
})

it('says which image was not read to its end', async () => {
  const { ports } = makePorts({ 'app:1': APP })
  const cutOff: InspectPorts = {
    ...ports,
    imageFiles: { read: async (_, onChunk) => onChunk(buildTar([OS]).subarray(0, 700)) },
  }
  await expect(inspect(plan({ from: 'recognise' }), ARTIFACT, cutOff)).rejects.toMatchObject({
    code: 'docker-unavailable',
    message: expect.stringMatching(/^The files of app:1 were not read to the end: .* \(byte 700 of the tar stream\)$/),
  })
})

it('says that the artifact is gone', async () => {
  const { ports } = makePorts({})
  await expect(inspect(plan({ from: 'recognise' }), ARTIFACT, ports)).rejects.toMatchObject({ code: 'image-not-found' })
})
