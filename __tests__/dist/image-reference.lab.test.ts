import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeImages } from '../../lab/engine/remove-images.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { type Child, type RegistryImages, registryImages } from './registry-images.ts'
import { docker, nodeFunction, type RunOptions, startWorld, type World } from './world.ts'

const answer = (text: string) => `export const handler = async () => ({ from: '${text}' })`
/** For runs whose point is not what the function answers. */
const QUIET = { smoke: 'false', publish: 'never' }

let world: World
let shelf: RegistryImages
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  shelf = await registryImages(world.base)
})
afterEach(async () => {
  world.aws.calls.length = 0
  await result.dispose()
})
afterAll(async () => {
  await shelf[Symbol.asyncDispose]()
  await removeImages(world.aws.registryHost)
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string>, options: RunOptions = {}) => {
  result = await world.run({ 'create-repository': 'true', ...inputs }, options)
  return result
}
const stage = (name: string) => result.report?.stages.find((one) => one.name === name)
const operations = () => world.aws.calls.map(({ service, operation }) => `${service}:${operation}`)
/** `repository:reference` of every manifest that reached ECR. */
const manifestsPut = () =>
  world.aws.calls
    .filter(({ operation }) => operation === 'PutManifest')
    .map(({ input }) => input as { repository: string; reference: string })
    .map(({ repository, reference }) => `${repository}:${reference}`)
const ofIndex = () => result.report?.findings.filter(({ rule }) => rule === 'manifest-index') ?? []
const notChecked = () => result.report?.notChecked.map(({ rule }) => rule)

describe('an image that only the local engine has', () => {
  const local = `dist-test-local:${process.pid}`
  beforeAll(async () => {
    const context = await world.context(nodeFunction(world.base, answer('the local engine')))
    const build = ['buildx', 'build', '--quiet', '--load', '--provenance=false', '--sbom=false']
    await docker(...build, '--tag', local, context)
  })
  afterAll(() => docker('image', 'rm', local))

  it('is not built, but checked, invoked and pushed as one manifest', async () => {
    await run({ image: local, repository: 'from-local' })
    expect(result.report?.failure).toBeUndefined()
    expect(stage('build')).toMatchObject({ status: 'skipped', detail: expect.stringContaining('`image`') })
    expect(result.report?.smoke.cases).toMatchObject([{ status: 'passed', response: { from: 'the local engine' } }])
    expect(result.report?.publication).toMatchObject({
      repositoryUri: `${world.aws.registryHost}/from-local`,
      mediaType: expect.stringMatching(/manifest\.v[12]\+json$/),
      reused: false,
    })
    expect(result.outputs['local-image']).toBe(local)
    expect(await docker('image', 'inspect', '--format', '{{.RepoTags}}', local)).toBe(`[${local}]`)
  })

  it('is not said to be one manifest when no registry was asked', async () => {
    await run({ image: local, ...QUIET })
    expect(result.exitCode).toBe(0)
    expect(notChecked()).toContain('manifest-index')
    expect(result.outputs).not.toHaveProperty('image-digest')
  })
})

describe('an image of another registry', () => {
  let given: Child
  beforeAll(async () => {
    given = await shelf.image('shared', answer('another registry'))
  })

  it('is invoked and copied byte for byte', async () => {
    await run({ image: `${shelf.repository}:shared`, repository: 'copied', tags: 'first' })
    expect(result.report?.failure).toBeUndefined()
    expect(result.report?.smoke.cases).toMatchObject([{ response: { from: 'another registry' } }])
    expect(notChecked()).not.toContain('manifest-index')
    expect(result.report?.publication).toMatchObject({ digest: given.digest, tags: ['first'], reused: false })
    expect(result.outputs['image-digest']).toBe(given.digest)
    expect(manifestsPut().every((put) => put === 'copied:first' || put === `copied:${given.digest}`)).toBe(true)
    expect(manifestsPut()).toContain('copied:first')
  })

  it.each(['second', 'third'])('is only tagged %s when it is in the target repository already', async (tag) => {
    const image = `${world.aws.registryHost}/copied@${given.digest}`
    // Once with the login of a step before, once with none but the AWS credentials.
    const env: Record<string, string> = tag === 'second' ? { DOCKER_CONFIG: await world.loggedIn() } : {}
    await run({ image, repository: 'copied', tags: `first, ${tag}`, smoke: 'false' }, { env })
    expect(result.report?.failure).toBeUndefined()
    expect(result.report?.publication).toMatchObject({
      digest: given.digest,
      tags: ['first', tag],
      reused: true,
    })
    expect(operations().filter((name) => name === 'ecr:PutImage')).toHaveLength(1)
    expect(operations()).not.toContain('registry:PutManifest')
  })

  it('of ECR without a login or credentials: access denied, and how to log in', async () => {
    await run({ image: `${world.aws.registryHost}/copied:second`, ...QUIET })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({ stage: 'inspect', code: 'access-denied' })
    expect(result.report?.failure?.help).toMatch(/log ?in/i)
  })

  it('is taken from the engine, or with pull: true as it is in the registry now', async () => {
    const image = `${shelf.repository}:moving`
    await shelf.image('moving', answer('before'))
    await docker('pull', '--quiet', image)
    const moved = await shelf.image('moving', answer('after'))
    await run({ image, publish: 'never' })
    expect(result.report?.smoke.cases).toMatchObject([{ response: { from: 'before' } }])
    await result.dispose()
    await run({ image, publish: 'never', pull: 'true' })
    expect(result.report?.smoke.cases).toMatchObject([{ response: { from: 'after' } }])
    expect(result.report?.subject.digest).toBe(moved.digest)
  })

  it('of the wrong architecture is an error before anything is pushed', async () => {
    await shelf.image('arm', answer('arm'), 'arm64')
    await run({ image: `${shelf.repository}:arm`, repository: 'wrong-architecture', smoke: 'false' })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    expect(result.report?.findings).toContainEqual(
      expect.objectContaining({ rule: 'image-architecture', level: 'error', actual: '`linux/arm64`' }),
    )
    expect(stage('publish')?.status).toBe('skipped')
    expect(operations().filter((name) => /Create|Put/.test(name))).toEqual([])
  })
})

describe('an index', () => {
  let amd64: Child
  let arm64: Child
  beforeAll(async () => {
    amd64 = await shelf.image('index-amd64', answer('its only child'))
    arm64 = await shelf.image('index-arm64', answer('the other child'), 'arm64')
  })

  it('with one image of the architecture and an attestation: the child is used and published, a note says so', async () => {
    await shelf.index('attested', [amd64])
    await run({ image: `${shelf.repository}:attested`, repository: 'repaired' })
    expect(result.report?.failure).toBeUndefined()
    expect(result.report?.verdict).toBe('passed')
    expect(result.report?.smoke.cases).toMatchObject([{ response: { from: 'its only child' } }])
    expect(ofIndex()).toMatchObject([
      { rule: 'manifest-index', level: 'note', message: expect.stringContaining(amd64.digest) },
    ])
    expect(result.report?.publication).toMatchObject({ digest: amd64.digest })
    expect(new Set(manifestsPut())).toEqual(new Set([`repaired:${amd64.digest}`, 'repaired:sha-feedc0de0011']))
  })

  it('is repaired with publish: never too', async () => {
    await shelf.index('for-both', [amd64, arm64])
    await run({ image: `${shelf.repository}:for-both`, ...QUIET })
    expect(result.exitCode).toBe(0)
    expect(ofIndex()).toMatchObject([{ rule: 'manifest-index', level: 'note' }])
    expect(ofIndex()[0]?.message).toContain(amd64.digest)
    expect(notChecked()).not.toContain('manifest-index')
  })

  it.each([
    ['none', () => [arm64]],
    ['two', () => [amd64, { ...arm64, platform: 'linux/amd64' }]],
  ] as const)(
    'with %s of the architecture: an error that lists the children, nothing else is tried',
    async (name, children) => {
      await shelf.index(`refused-${name}`, children())
      await run({ image: `${shelf.repository}:refused-${name}`, repository: 'refused' })
      expect(result.exitCode).toBe(1)
      expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
      const [finding, ...others] = result.report?.findings ?? []
      expect(others).toEqual([])
      expect(finding).toMatchObject({ rule: 'manifest-index', level: 'error' })
      for (const { digest } of children()) expect(finding?.examples.join()).toContain(digest)
      expect(result.report?.smoke).toMatchObject({ status: 'skipped', reason: expect.stringContaining('index') })
      expect(['publish', 'deploy', 'wait'].map((one) => stage(one)?.status)).toEqual(['skipped', 'skipped', 'skipped'])
      expect(operations().filter((one) => /Create|Put/.test(one))).toEqual([])
      expect(result.outputs).not.toHaveProperty('image-digest')
    },
  )

  it('is not published with fail-on: never either', async () => {
    await shelf.index('never', [arm64])
    await run({ image: `${shelf.repository}:never`, repository: 'refused', 'fail-on': 'never' })
    expect(result.report?.failure).toMatchObject({ stage: 'publish', code: 'manifest-unsupported' })
    expect(operations().filter((one) => /Create|Put/.test(one))).toEqual([])
  })
})
