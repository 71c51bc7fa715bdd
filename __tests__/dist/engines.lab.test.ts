import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeImages } from '../../lab/engine/remove-images.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { deleteManifests } from './registry-images.ts'
import { dockerOf, type EngineOptions, nodeFunction, startWorld, type World } from './world.ts'

const HANDLER = "export const handler = async (event) => ({ greeting: 'hello ' + event.name })"
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'

let world: World
/** The engine with the containerd image store: what `docker` does there by default, Lambda refuses. */
let engine: EngineOptions & { readonly host: string }
let context: string
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  engine = await world.lab.secondEngine()
  context = await world.context(nodeFunction(world.base, HANDLER))
})
afterEach(async () => {
  world.aws.calls.length = 0
  await result.dispose()
})
afterAll(async () => {
  expect(await world.leftovers()).toEqual([])
  await world[Symbol.asyncDispose]()
})

async function run(inputs: Record<string, string>, { host }: EngineOptions = engine) {
  result = await world.run(
    { 'smoke-event': '{"name": "you"}', 'create-repository': 'true', ...inputs },
    host === undefined ? {} : { env: { DOCKER_HOST: host } },
  )
  return result
}
const statuses = () => result.report?.stages.map(({ name, status }) => `${name} ${status}`)

type Index = { mediaType: string; manifests: { digest: string; platform: { architecture: string } }[] }

/** An index that a registry serves without a login, and its digest. */
async function served(host: string, repository: string, tag: string): Promise<Index & { digest: string }> {
  const url = `http://${host}/v2/${repository}/manifests/${tag}`
  const response = await fetch(url, { headers: { accept: [OCI_MANIFEST, OCI_INDEX].join(', ') } })
  const index = (await response.json()) as Index
  return { ...index, digest: response.headers.get('docker-content-digest') ?? '' }
}

describe('the engine with the containerd image store', () => {
  it('builds, invokes and pushes one image manifest, and the function becomes ready with it', async () => {
    await run({
      context,
      repository: 'from-containerd',
      'function-name': 'from-containerd',
      role: 'arn:aws:iam::123456789012:role/from-containerd',
    })
    expect(result.report?.failure).toBeUndefined()
    expect(
      statuses()
        ?.slice(0, 8)
        .every((line) => line.endsWith('passed')),
    ).toBe(true)
    expect(result.report?.smoke.cases).toMatchObject([{ response: { greeting: 'hello you' } }])
    expect(result.report?.publication?.mediaType).toMatch(/manifest\.v[12]\+json$/)
    expect(result.report?.deployment?.after).toMatchObject({
      state: 'Active',
      imageUri: `${world.aws.registryHost}/from-containerd@${result.report?.publication?.digest}`,
    })
  })

  it('finds its image again: a second run pushes and updates nothing', async () => {
    await run({ context, repository: 'from-containerd', 'function-name': 'from-containerd', smoke: 'false' })
    expect(result.report?.publication).toMatchObject({ reused: true })
    const writes = world.aws.calls.map(({ operation }) => operation)
    expect(writes.filter((name) => /^(Put|Create|UpdateFunctionCode)/.test(name))).toEqual([])
  })
})

describe('an index that a plain `docker buildx build --push` makes there', () => {
  const name = `dist-test/buildx-${process.pid}`
  let repository: string
  let child: string
  let made: string[]
  beforeAll(async () => {
    const { host } = world.lab.publicRegistry
    repository = `${host}/${name}`
    const build = ['buildx', 'build', '--quiet', '--platform', 'linux/amd64', '--push']
    await dockerOf(engine, ...build, '--tag', `${repository}:plain`, context)
    await removeImages(repository, engine.host)
    const { digest, mediaType, manifests } = await served(host, name, 'plain')
    expect(mediaType).toBe(OCI_INDEX)
    expect(manifests.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'unknown'])
    made = [digest, ...manifests.map((one) => one.digest)]
    child = made[1] ?? ''
  })
  afterAll(async () => {
    for (const host of [engine.host, undefined]) await removeImages(repository, host)
    await deleteManifests(repository, made)
  })

  it.each([
    ['that engine', 'repaired-there'],
    ['the default engine', 'repaired-here'],
  ] as const)('is repaired by a run on %s', async (_, target) => {
    await run({ image: `${repository}:plain`, repository: target }, target === 'repaired-there' ? engine : {})
    expect(result.report?.failure).toBeUndefined()
    expect(result.report?.smoke.status).toBe('passed')
    expect(problems()).toEqual([])
    expect(indexFindings()).toMatchObject([{ level: 'note', message: expect.stringContaining(child) }])
    expect(result.report?.publication).toMatchObject({ digest: child, mediaType: OCI_MANIFEST, reused: false })
  })
})

describe('an index in the engine itself', () => {
  const local = `dist-test-index:${process.pid}`
  beforeAll(async () => {
    const build = ['buildx', 'build', '--quiet', '--load', '--provenance=mode=min', '--platform', 'linux/amd64']
    await dockerOf(engine, ...build, '--tag', local, context)
  })
  afterAll(() => dockerOf(engine, 'image', 'rm', local))

  it('is invoked, and of it only the child is pushed', async () => {
    const inspected = await dockerOf(engine, 'image', 'inspect', '--format', '{{json .Descriptor}}', local)
    expect(JSON.parse(inspected)).toMatchObject({ mediaType: OCI_INDEX })
    await run({ image: local, repository: 'from-local-index' })
    expect(result.report?.failure).toBeUndefined()
    expect(result.report?.smoke.cases).toMatchObject([{ response: { greeting: 'hello you' } }])
    expect(problems()).toEqual([])
    const digest = result.report?.publication?.digest
    expect(indexFindings()).toMatchObject([{ level: 'note', message: expect.stringContaining(digest ?? 'a digest') }])
    expect(result.report?.publication).toMatchObject({ mediaType: OCI_MANIFEST, reused: false })
  })

  it('without an image of the architecture is an error', async () => {
    await run({ image: local, architecture: 'arm64', repository: 'refused', smoke: 'false' })
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    expect(result.report?.findings).toMatchObject([{ rule: 'manifest-index', level: 'error' }])
    expect(world.aws.calls.map(({ operation }) => operation)).not.toContain('CreateRepository')
  })
})

function indexFindings() {
  return result.report?.findings.filter(({ rule }) => rule === 'manifest-index') ?? []
}

/** What is more than a note: that a tag moves is told of every image. */
function problems() {
  return result.report?.findings.filter(({ level }) => level !== 'note')
}
