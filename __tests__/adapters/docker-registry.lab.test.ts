import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { dockerBuilder } from '../../src/adapters/docker-build.ts'
import { docker } from '../../src/adapters/docker-command.ts'
import { dockerEngine } from '../../src/adapters/docker-engine.ts'
import { dockerImages } from '../../src/adapters/docker-images.ts'
import { dockerRegistry } from '../../src/adapters/docker-registry.ts'
import { buildImage } from '../../src/build/build-image.ts'
import { findImage } from '../../src/build/find-image.ts'
import { judgeEngine } from '../../src/build/judge-engine.ts'
import { manifestFacts } from '../../src/build/manifest-facts.ts'
import type { ManifestFacts } from '../../src/inspect/evidence.ts'
import type { Architecture } from '../../src/lambda/architecture.ts'
import { makeBuildSource } from '../build/build-source.ts'
import { fakeLog } from '../builders/ports.ts'
import { type LabEngines, labEngines } from './lab-engines.ts'

// Real engines on a busy machine.
const RUN = `t${process.pid}-${Date.now().toString(36)}`
const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ')

let engines: LabEngines
let context: string

beforeAll(async () => {
  context = await mkdtemp(join(tmpdir(), 'docker-registry-test-'))
  engines = await labEngines()
  await writeFile(join(context, 'file'), 'content\n')
  await writeFile(join(context, 'Dockerfile'), 'FROM scratch\nCOPY file /file\nCMD ["/file"]\n')
})

afterAll(async () => {
  await rm(context, { recursive: true, force: true })
})

/** What a registry serves for `reference`, asked without Docker. */
async function served(reference: string): Promise<ManifestFacts> {
  const [, host = '', repository = '', tag = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference) ?? []
  const { registry } = engines.lab
  const response = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, {
    headers: {
      accept: MANIFESTS,
      ...(host === registry.host ? { authorization: `Basic ${btoa(`AWS:${registry.password()}`)}` } : {}),
    },
  })
  expect(response.status).toBe(200)
  return manifestFacts(reference, Buffer.from(await response.arrayBuffer()))
}

/** Everything a test needs of the engine that DOCKER_HOST names. */
async function connect() {
  const { signal } = new AbortController()
  const log = fakeLog()
  const engine = judgeEngine(await dockerEngine.facts())
  const images = dockerImages({ signal, log })
  const registry = dockerRegistry({ engine, images, log, signal, temporaryDirectory: context })
  const build = (file: string, runId: string) =>
    buildImage(
      {
        source: makeBuildSource({ context, file: join(context, file) }),
        architecture: 'x86_64',
        name: 'registry-test',
        runId: `${RUN}-${runId}`,
        environment: {},
      },
      { builder: dockerBuilder({ signal }), images, log },
    )
  const find = (image: string, architecture: Architecture = 'x86_64') =>
    findImage({ from: 'reference', image, pull: false }, architecture, { images, registry, log })
  const login = () => {
    const { host, user, password } = engines.lab.registry
    return registry.session({ host, user, password: password() })
  }
  return { engine, images, registry, build, find, login }
}

/** Runs docker and fails the test when it fails. */
async function must(...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await docker(argv)
  expect(exitCode, stderr).toBe(0)
  return stdout
}

async function onContainerdStore(...argv: string[]): Promise<void> {
  vi.stubEnv('DOCKER_HOST', engines.hosts.containerd)
  await must(...argv)
}

/** Images that a test made carry its run in their reference. */
async function removeImages(): Promise<void> {
  const all = await must('image', 'ls', '--digests', '--format', '{{.Repository}} {{.Tag}} {{.Digest}}')
  for (const line of all.split('\n')) {
    const [repository = '', tag = '', digest = ''] = line.split(' ')
    if (!line.includes(RUN)) continue
    await docker(['image', 'rm', '--force', tag === '<none>' ? `${repository}@${digest}` : `${repository}:${tag}`])
  }
}

describe.each(['default', 'containerd'] as const)('engine with the %s image store', (store) => {
  beforeEach(() => {
    const host = engines.hosts[store]
    if (host !== undefined) vi.stubEnv('DOCKER_HOST', host)
  })
  afterEach(async () => {
    for (const host of Object.values(engines.hosts)) {
      vi.stubEnv('DOCKER_HOST', host ?? '')
      await removeImages()
    }
    vi.unstubAllEnvs()
  })

  it('pushes what it built as one image manifest with gzip layers, and leaves no trace of the push', async () => {
    const { engine, images, build, login } = await connect()
    if (store === 'containerd') expect(engine.server.store).toBe('containerd')
    const artifact = await build('Dockerfile', 'built')
    const target = `${engines.lab.registry.host}/registry-test/${RUN}:${store}`
    await using session = await login()
    expect(await readdir(context)).toHaveLength(3)
    const digest = await session.push(artifact.reference, target, { platform: 'linux/amd64' })

    const manifest = await served(target)
    expect(manifest.digest).toBe(digest)
    expect(manifest.children).toBeUndefined()
    expect(manifest.mediaType).toMatch(/manifest\.v[12]\+json$/)
    expect(manifest.layers?.map((layer) => layer.mediaType)).toEqual([expect.stringMatching(/gzip$/)])
    expect([manifest.configDigest, manifest.digest]).toContain(artifact.id)
    expect(await images.inspect(target)).toBeUndefined()
    expect(await images.inspect(artifact.reference)).toBeDefined()
    await session[Symbol.asyncDispose]()
    expect((await readdir(context)).sort()).toEqual(['Dockerfile', 'file'])
  })

  it('puts a tag back that the user had', async () => {
    const { images, build, login } = await connect()
    const target = `${engines.lab.registry.host}/registry-test/${RUN}:own-${store}`
    await writeFile(join(context, 'Dockerfile.other'), 'FROM scratch\nCOPY file /other\n')
    const other = await build('Dockerfile.other', 'other')
    await rm(join(context, 'Dockerfile.other'))
    await images.tag(other.reference, target)
    await using session = await login()
    await session.push((await build('Dockerfile', 'pushed')).reference, target, { platform: 'linux/amd64' })
    expect((await images.inspect(target))?.id).toBe(other.id)
  })

  it('repairs an index that someone else pushed, and copies its child byte for byte', async () => {
    const pushed = `${engines.lab.publicRegistry.host}/registry-test/${RUN}:index-${store}`
    await onContainerdStore('buildx', 'build', '--quiet', '--provenance=mode=min', '--push', '--tag', pushed, context)
    vi.stubEnv('DOCKER_HOST', engines.hosts[store] ?? '')
    await onContainerdStore('image', 'rm', pushed)
    vi.stubEnv('DOCKER_HOST', engines.hosts[store] ?? '')
    const index = await served(pushed)
    expect(index.children?.map((child) => [child.platform, child.attestation])).toEqual([
      ['linux/amd64', false],
      ['unknown/unknown', true],
    ])

    const { find, login } = await connect()
    const found = await find(pushed)
    const child = index.children?.[0]?.digest
    expect(found).toMatchObject({
      artifact: { origin: 'registry', repaired: { index, child }, source: { digest: child } },
    })
    if (!('artifact' in found) || found.artifact.source === undefined) throw new Error('nothing to copy')
    await using session = await login()
    const target = `${engines.lab.registry.host}/registry-test/${RUN}:copy-${store}`
    expect(await session.copy(found.artifact.source.reference, target)).toBe(child)
    expect((await served(target)).digest).toBe(child)
    // Pulled by now: the engine's own image leads to the same manifest.
    await must('pull', '--quiet', pushed)
    expect(await find(pushed)).toMatchObject({ artifact: { origin: 'local', repaired: { child } } })
    expect(await find(pushed, 'arm64')).toMatchObject(
      store === 'containerd' ? { refused: { digest: index.digest } } : { artifact: { origin: 'local' } },
    )
  })

  it('tells a missing image, a missing login and an unreachable registry apart', async () => {
    const { find, registry } = await connect()
    const { host } = engines.lab.registry
    await expect(find(`${engines.lab.publicRegistry.host}/registry-test/none:1`)).rejects.toMatchObject({
      code: 'image-not-found',
    })
    await expect(find(`${host}/registry-test/none:1`)).rejects.toMatchObject({ code: 'access-denied' })
    await expect(find('127.0.0.1:9/none:1')).rejects.toMatchObject({ code: 'registry-error' })
    await expect(registry.session({ host, user: 'AWS', password: 'wrong' })).rejects.toMatchObject({
      code: 'access-denied',
    })
    expect((await readdir(context)).sort()).toEqual(['Dockerfile', 'file'])
  })
})

describe('the containerd store', () => {
  beforeEach(() => vi.stubEnv('DOCKER_HOST', engines.hosts.containerd))
  afterEach(async () => {
    await removeImages()
    vi.unstubAllEnvs()
  })

  it('turns the zstd layers of a base image into gzip', async () => {
    const base = `${engines.lab.publicRegistry.host}/registry-test/${RUN}:zstd`
    const output = `type=image,name=${base},push=true,compression=zstd,force-compression=true,oci-mediatypes=true`
    await must('buildx', 'build', '--quiet', '--provenance=false', '--output', output, context)
    expect((await served(base)).layers?.[0]?.mediaType).toMatch(/zstd$/)
    await writeFile(join(context, 'Dockerfile.zstd'), `FROM ${base}\nCOPY file /again\n`)
    const { build, login } = await connect()
    const artifact = await build('Dockerfile.zstd', 'gzip')
    await rm(join(context, 'Dockerfile.zstd'))
    const target = `${engines.lab.registry.host}/registry-test/${RUN}:gzip`
    await using session = await login()
    await session.push(artifact.reference, target, { platform: 'linux/amd64' })
    const { layers = [] } = await served(target)
    expect(layers.map((layer) => layer.mediaType.replace(/^.*[.+]/, ''))).toEqual(['gzip', 'gzip'])
  })

  it('recognises a local index and pushes only its child', async () => {
    const local = `registry-test:${RUN}`
    const platforms = 'linux/amd64,linux/arm64'
    await must(
      'buildx',
      'build',
      '--quiet',
      '--provenance=mode=min',
      '--load',
      '--platform',
      platforms,
      '--tag',
      local,
      context,
    )
    const { find, login } = await connect()
    const found = await find(local, 'arm64')
    expect(found).toMatchObject({ artifact: { reference: local, origin: 'local' } })
    if (!('artifact' in found)) throw new Error('refused')
    const target = `${engines.lab.registry.host}/registry-test/${RUN}:child`
    await using session = await login()
    const digest = await session.push(local, target, { platform: 'linux/arm64' })
    expect(digest).toBe(found.artifact.repaired?.child)
    expect(await served(target)).toMatchObject({ digest, mediaType: 'application/vnd.oci.image.manifest.v1+json' })
  })
})
