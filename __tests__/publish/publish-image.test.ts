import { describe, expect, it } from 'vitest'
import type { ImageArtifact } from '../../src/artifact.ts'
import { MEDIA_TYPES } from '../../src/build/manifest-facts.ts'
import { ActionError } from '../../src/errors.ts'
import type { Ecr, ImageId, StoredImage } from '../../src/ports/ecr.ts'
import type { OciRegistry, RegistrySession } from '../../src/ports/oci-registry.ts'
import { checkTarget, publishImage } from '../../src/publish/publish-image.ts'
import { pullStatements } from '../../src/publish/pull-access.ts'
import type { ImagePublication } from '../../src/report/report.ts'
import { digestOf, fakeEcr, makePublishPlan, makeRepository, makeStoredImage } from '../builders/aws.ts'
import { fakeLog } from '../builders/ports.ts'

const ID = digestOf('c')
const BUILT: ImageArtifact = { reference: 'lambda-parity/get-customer:run', id: ID, origin: 'built' }
const REPOSITORY = makeRepository()

/** An ECR that keeps images in memory, and a registry whose pushes and copies arrive there; `calls` is what was written. */
function world(
  options: {
    stored?: readonly StoredImage[]
    arrives?: StoredImage
    ecr?: Partial<Ecr>
    push?: RegistrySession['push']
  } = {},
) {
  const calls: string[] = []
  const log = fakeLog()
  const arrives = options.arrives ?? makeStoredImage({ configDigest: ID })
  const images = [...(options.stored ?? [])]
  const matches = (image: StoredImage, id: ImageId) => ('tag' in id ? image.tag === id.tag : image.digest === id.digest)
  const arrive = (target: string) => {
    images.push({ ...arrives, tag: target.slice(target.lastIndexOf(':') + 1) })
    return arrives.digest
  }
  const registry: Pick<OciRegistry, 'session'> = {
    async session({ host, user, password }) {
      calls.push(`login ${user}:${password}@${host}`)
      return {
        async push(local, target, { platform }) {
          calls.push(`push ${local} ${platform} ${target}`)
          return options.push === undefined ? arrive(target) : options.push(local, target, { platform })
        },
        async copy(source, target) {
          calls.push(`copy ${source} ${target}`)
          return arrive(target)
        },
        async [Symbol.asyncDispose]() {
          calls.push('logout')
        },
      }
    },
  }
  let logins = 0
  const ecr = fakeEcr({
    repository: async () => REPOSITORY,
    images: async (_repository, ids) => images.filter((image) => ids.some((id) => matches(image, id))),
    putTag: async (_repository, image, tag) => {
      calls.push(`tag ${image.digest} ${tag}`)
    },
    login: async () => {
      logins += 1
      return { user: 'AWS', password: `token-${logins}` }
    },
    ...options.ecr,
  })
  const published: ImagePublication[] = []
  const known = (publication: ImagePublication) => void published.push(publication)
  return { calls, log, arrives, arrive, published, ports: { ecr, registry, log, known } }
}

const HOST = REPOSITORY.uri.split('/')[0]
const plan = makePublishPlan()

describe('an image that is not in the repository', () => {
  it('is pushed with a fresh token under its first tag, verified, and tagged with the others', async () => {
    const { calls, log, arrives, ports } = world()
    const publication = await publishImage({ ...plan, tags: ['sha-1', 'v1'] }, BUILT, 'arm64', ports)
    expect(calls).toEqual([
      `login AWS:token-1@${HOST}`,
      `push ${BUILT.reference} linux/arm64 ${REPOSITORY.uri}:sha-1`,
      'logout',
      `tag ${arrives.digest} v1`,
    ])
    expect(publication).toEqual({
      repositoryUri: REPOSITORY.uri,
      digest: arrives.digest,
      mediaType: MEDIA_TYPES.dockerManifest,
      tags: ['sha-1', 'v1'],
      reused: false,
    })
    expect(log.lines[0]).toBe('mask: token-1')
  })

  it('is copied byte for byte when a registry has it', async () => {
    const { calls, arrives, ports } = world()
    const source = { reference: 'other.example/app:1', digest: arrives.digest, mediaType: MEDIA_TYPES.ociManifest }
    await publishImage(plan, { ...BUILT, origin: 'registry', source }, 'x86_64', ports)
    expect(calls[1]).toBe(`copy other.example/app@${arrives.digest} ${REPOSITORY.uri}:sha-a1b2c3d4e5f6`)
  })

  it('is the child when an index was repaired', async () => {
    const { calls, arrives, ports } = world()
    const index = {
      reference: 'other.example/app@x',
      digest: digestOf('9'),
      mediaType: MEDIA_TYPES.ociIndex,
      children: [],
    }
    const source = { reference: `other.example/app@${arrives.digest}`, digest: arrives.digest, mediaType: '' }
    await publishImage(plan, { ...BUILT, source, repaired: { index, child: arrives.digest } }, 'x86_64', ports)
    expect(calls[1]).toBe(`copy other.example/app@${arrives.digest} ${REPOSITORY.uri}:sha-a1b2c3d4e5f6`)
  })

  it('is pushed once more with a new token when the login is refused', async () => {
    let refusals = 0
    const { calls, ports, arrive } = world({
      push: async (_local, target) => {
        refusals += 1
        if (refusals === 1)
          throw new ActionError('access-denied', 'Your authorization token has expired.', { help: '' })
        return arrive(target)
      },
    })
    await publishImage(plan, BUILT, 'x86_64', ports)
    expect(calls.filter((call) => /^log/.test(call))).toEqual([
      `login AWS:token-1@${HOST}`,
      'logout',
      `login AWS:token-2@${HOST}`,
      'logout',
    ])
  })

  it('is given up when the second login is refused too, or when the push fails for another reason', async () => {
    const refuse = (code: 'access-denied' | 'registry-error') => async () => {
      throw new ActionError(code, 'no', { help: '' })
    }
    const denied = world({ push: refuse('access-denied') })
    await expect(publishImage(plan, BUILT, 'x86_64', denied.ports)).rejects.toMatchObject({ code: 'access-denied' })
    expect(denied.calls.filter((call) => call.startsWith('push'))).toHaveLength(2)
    const broken = world({ push: refuse('registry-error') })
    await expect(publishImage(plan, BUILT, 'x86_64', broken.ports)).rejects.toMatchObject({ code: 'registry-error' })
    expect(broken.calls.filter((call) => call.startsWith('push'))).toHaveLength(1)
    expect(broken.calls.at(-1)).toBe('logout')
  })

  it('is not tagged further when what arrived is another image', async () => {
    const { calls, ports } = world({ arrives: makeStoredImage({ configDigest: digestOf('8') }) })
    const publishing = publishImage({ ...plan, tags: ['a', 'b'] }, BUILT, 'x86_64', ports)
    await expect(publishing).rejects.toMatchObject({ code: 'verify-mismatch' })
    expect(calls.some((call) => call.startsWith('tag'))).toBe(false)
  })

  it('is not tagged further when Lambda cannot take what arrived', async () => {
    const layerType = 'application/vnd.oci.image.layer.v1.tar+zstd'
    const { calls, ports } = world({ arrives: makeStoredImage({ configDigest: ID, layerType }) })
    const publishing = publishImage({ ...plan, tags: ['a', 'b'] }, BUILT, 'x86_64', ports)
    await expect(publishing).rejects.toMatchObject({ code: 'manifest-unsupported' })
    expect(calls.some((call) => call.startsWith('tag'))).toBe(false)
  })

  it('is named as far as it came when a further tag is refused', async () => {
    const refused = new ActionError('tag-immutable', 'b stands on another image', { help: '' })
    const { published, ports } = world({ ecr: { putTag: () => Promise.reject(refused) } })
    const publishing = publishImage({ ...plan, tags: ['a', 'b'] }, BUILT, 'x86_64', ports)
    await expect(publishing).rejects.toBe(refused)
    expect(published.map(({ tags }) => tags)).toEqual([['a']])
  })

  it('is an error when ECR does not have what was pushed', async () => {
    const { ports } = world({ push: async () => digestOf('7') })
    await expect(publishImage(plan, BUILT, 'x86_64', ports)).rejects.toMatchObject({ code: 'registry-error' })
  })
})

describe('an image that is in the repository', () => {
  it('is reused without any write when every tag points at it', async () => {
    const stored = [makeStoredImage({ configDigest: ID, tag: 'sha-a1b2c3d4e5f6' })]
    const { calls, ports } = world({ stored })
    const publication = await publishImage(plan, BUILT, 'x86_64', ports)
    expect([publication.reused, publication.digest, calls]).toEqual([true, stored[0]?.digest, []])
  })

  it('is found by its digest under any tag, and only tagged', async () => {
    const stored = makeStoredImage({ tag: 'old' })
    const { calls, ports } = world({ stored: [stored] })
    // Image id of the containerd store: the digest of the manifest.
    await publishImage(plan, { ...BUILT, id: stored.digest }, 'x86_64', ports)
    expect(calls).toEqual([`tag ${stored.digest} sha-a1b2c3d4e5f6`])
  })

  it('is not the index of which it is a child, though both have the local id', async () => {
    const document = { schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests: [] }
    const index = makeStoredImage({ document, tag: 'sha-a1b2c3d4e5f6' })
    const child = makeStoredImage({ configDigest: ID })
    const { calls, ports } = world({
      stored: [index, child],
      ecr: { repository: async () => makeRepository({ tagMutability: 'MUTABLE' }) },
    })
    const facts = { reference: 'app', digest: index.digest, mediaType: MEDIA_TYPES.ociIndex }
    await publishImage(
      plan,
      { ...BUILT, id: index.digest, repaired: { index: facts, child: child.digest } },
      'x86_64',
      ports,
    )
    expect(calls).toEqual([`tag ${child.digest} sha-a1b2c3d4e5f6`])
  })
})

it('refuses a taken immutable tag before anything is written', async () => {
  const { calls, ports } = world({ stored: [makeStoredImage({ configDigest: digestOf('8'), tag: 'v1' })] })
  const publishing = publishImage({ ...plan, tags: ['new', 'v1'] }, BUILT, 'x86_64', ports)
  await expect(publishing).rejects.toMatchObject({ code: 'tag-immutable' })
  expect(calls).toEqual([])
})

it('moves a mutable tag from another image', async () => {
  const stored = [makeStoredImage({ configDigest: digestOf('8'), tag: 'v1' })]
  const { calls, arrives, ports } = world({
    stored,
    ecr: { repository: async () => makeRepository({ tagMutability: 'MUTABLE' }) },
  })
  await publishImage({ ...plan, tags: ['new', 'v1'] }, BUILT, 'x86_64', ports)
  expect(calls.at(-1)).toBe(`tag ${arrives.digest} v1`)
})

describe('a missing repository', () => {
  const missing = { repository: async () => undefined }

  it('is an error that says how to have it created', async () => {
    const { ports } = world({ ecr: missing })
    await expect(publishImage({ ...plan, registryId: '999988887777' }, BUILT, 'x86_64', ports)).rejects.toMatchObject({
      code: 'repository-not-found',
      message: 'There is no ECR repository get-customer in eu-west-1 of account 999988887777.',
      help: expect.stringContaining('create-repository: true'),
    })
  })

  it('is created on request', async () => {
    const { log, ports } = world({ ecr: { ...missing, createRepository: async () => REPOSITORY } })
    await publishImage({ ...plan, createRepository: true }, BUILT, 'x86_64', ports)
    expect(log.lines).toContain(`info: Created the repository ${REPOSITORY.uri}: scan on push, immutable tags.`)
  })
})

describe('share-with', () => {
  const access = { accounts: ['111122223333'], region: 'eu-west-1', partition: 'aws' }
  const shared = { ...plan, shareWith: access.accounts }

  it('writes the merged policy', async () => {
    const written: string[] = []
    const ecr = {
      policy: async () => undefined,
      setPolicy: async (_: unknown, text: string) => void written.push(text),
    }
    await publishImage(shared, BUILT, 'x86_64', world({ ecr }).ports)
    expect(JSON.parse(written[0] ?? '').Statement).toEqual(pullStatements(access))
  })

  it('writes nothing the second time', async () => {
    const policyText = JSON.stringify({ Statement: pullStatements(access) })
    const { log, ports } = world({ ecr: { policy: async () => policyText } })
    await publishImage(shared, BUILT, 'x86_64', ports)
    expect(log.lines).toContain('info: get-customer is shared with 111122223333 already.')
  })

  it('does not overwrite a policy that it cannot read', async () => {
    const { ports } = world({ ecr: { policy: async () => 'not JSON' } })
    await expect(publishImage(shared, BUILT, 'x86_64', ports)).rejects.toMatchObject({ code: 'aws-error' })
  })
})

describe('a run beside this one', () => {
  const immutable = new ActionError('tag-immutable', 'taken', { help: '' })

  it('has pushed the same image under the same immutable tag: that is success', async () => {
    const beside = world({
      push: async (_local, target) => {
        beside.arrive(target)
        throw immutable
      },
    })
    const made = await publishImage(plan, BUILT, 'x86_64', beside.ports)
    expect(made.digest).toBe(beside.arrives.digest)
  })

  it('has pushed another image there: that is not', async () => {
    const beside = world({
      arrives: makeStoredImage({ configDigest: digestOf('d') }),
      push: async (_local, target) => {
        beside.arrive(target)
        throw immutable
      },
    })
    await expect(publishImage(plan, BUILT, 'x86_64', beside.ports)).rejects.toBe(immutable)
  })
})

describe('checkTarget', () => {
  it('finds what would stop publishing, and writes nothing', async () => {
    const none = { repository: async () => undefined }
    const missing = world({ ecr: none })
    await expect(checkTarget(plan, BUILT, missing.ports.ecr)).rejects.toMatchObject({ code: 'repository-not-found' })
    await checkTarget({ ...plan, createRepository: true }, BUILT, missing.ports.ecr)
    const there = world()
    await checkTarget(plan, BUILT, there.ports.ecr)
    expect([...missing.calls, ...there.calls]).toEqual([])
  })
})
