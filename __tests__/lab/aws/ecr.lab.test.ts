import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetRepositoryPolicyCommand,
  PutImageCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Started, started, uniqueName } from './started.ts'
import { OCI_MANIFEST, PushRefused, pushManifest, pushTinyImage } from './tiny-image.ts'

// The lab's parts may be installed first, and share the machine with other tests.
let lab: Started
beforeAll(async () => {
  lab = await started()
})
afterAll(() => lab.aws.stop())

async function repository(mutability: 'MUTABLE' | 'IMMUTABLE' = 'MUTABLE'): Promise<string> {
  const repositoryName = uniqueName('shop')
  await lab.ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: mutability }))
  return repositoryName
}

describe('repositories', () => {
  it('names the data plane in repositoryUri and keeps what was asked for', async () => {
    const repositoryName = uniqueName('team/shop')
    const created = await lab.ecr.send(
      new CreateRepositoryCommand({
        repositoryName,
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
      }),
    )
    const found = await lab.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }))
    expect(found.repositories).toEqual([created.repository])
    expect(created.repository).toMatchObject({
      repositoryUri: `${lab.aws.registryHost}/${repositoryName}`,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
    })
    expect(created.repository?.createdAt).toBeInstanceOf(Date)
  })

  it.each(['Shop', 'a', '-shop', 'shop/', 'shop--'])('refuses the name %s', async (repositoryName) => {
    const creating = lab.ecr.send(new CreateRepositoryCommand({ repositoryName }))
    await expect(creating).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  it('tells an existing and a missing repository apart', async () => {
    const repositoryName = await repository()
    await expect(lab.ecr.send(new CreateRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
      name: 'RepositoryAlreadyExistsException',
    })
    await expect(lab.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['absent'] }))).rejects.toMatchObject({
      name: 'RepositoryNotFoundException',
      message: "The repository with name 'absent' does not exist in the registry with id '123456789012'",
    })
  })

  it('keeps a policy in its own formatting', async () => {
    const repositoryName = await repository()
    await expect(lab.ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))).rejects.toMatchObject({
      name: 'RepositoryPolicyNotFoundException',
    })
    const policy = { Version: '2012-10-17', Statement: [] }
    await lab.ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText: JSON.stringify(policy) }))
    const { policyText } = await lab.ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))
    expect(JSON.parse(policyText ?? '')).toEqual(policy)
    expect(lab.aws.repositoryPolicy(repositoryName)).toBe(policyText)
  })
})

describe('images', () => {
  it('gives a pushed manifest back byte for byte, by tag and by digest', async () => {
    const repositoryName = await repository()
    const image = await pushTinyImage(await lab.push(repositoryName, 'v1'))
    const { images, failures } = await lab.ecr.send(
      new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }, { imageDigest: image.digest }] }),
    )
    expect(failures).toEqual([])
    expect(images?.map(({ imageManifest, imageId }) => [imageManifest, imageId?.imageDigest])).toEqual([
      [image.manifest, image.digest],
      [image.manifest, image.digest],
    ])
  })

  it('reports what it cannot give as failures, not as an error', async () => {
    const repositoryName = await repository()
    const image = await pushTinyImage(await lab.push(repositoryName, 'v1'))
    const other = `sha256:${'0'.repeat(64)}`
    const { failures } = await lab.ecr.send(
      new BatchGetImageCommand({
        repositoryName,
        imageIds: [{ imageTag: 'absent' }, { imageDigest: other, imageTag: 'v1' }, { imageDigest: 'sha256:x' }, {}],
        acceptedMediaTypes: [image.mediaType],
      }),
    )
    expect(failures?.map(({ failureCode }) => failureCode)).toEqual([
      'ImageNotFound',
      'ImageTagDoesNotMatchDigest',
      'InvalidImageDigest',
      'MissingDigestAndTag',
    ])
  })

  it('gives a stored manifest another tag and says when it had it already', async () => {
    const repositoryName = await repository()
    const image = await pushTinyImage(await lab.push(repositoryName, 'v1'))
    const retag = () =>
      lab.ecr.send(new PutImageCommand({ repositoryName, imageManifest: image.manifest, imageTag: 'v2' }))
    expect((await retag()).image?.imageId).toEqual({ imageDigest: image.digest, imageTag: 'v2' })
    await expect(retag()).rejects.toMatchObject({ name: 'ImageAlreadyExistsException' })
    const { imageDetails } = await lab.ecr.send(new DescribeImagesCommand({ repositoryName }))
    expect(imageDetails).toMatchObject([{ imageDigest: image.digest, imageTags: ['v1', 'v2'] }])
  })

  it('still describes an image whose tag has moved on', async () => {
    const repositoryName = await repository()
    const old = await pushTinyImage(await lab.push(repositoryName, 'latest'))
    const now = await pushTinyImage(await lab.push(repositoryName, 'latest'))
    const { imageDetails } = await lab.ecr.send(new DescribeImagesCommand({ repositoryName }))
    expect(imageDetails?.map(({ imageDigest, imageTags }) => [imageDigest, imageTags])).toEqual([
      [old.digest, undefined],
      [now.digest, ['latest']],
    ])
  })

  it('refuses another image under an immutable tag, a wrong digest and missing layers', async () => {
    const repositoryName = await repository('IMMUTABLE')
    await pushTinyImage(await lab.push(repositoryName, 'v1'))
    const other = await pushTinyImage(await lab.push(repositoryName, 'v2'))
    const put = (imageManifest: string, extra: { imageTag?: string; imageDigest?: string }) =>
      lab.ecr.send(
        new PutImageCommand({ repositoryName, imageManifest, imageManifestMediaType: OCI_MANIFEST, ...extra }),
      )
    await expect(put(other.manifest, { imageTag: 'v1' })).rejects.toMatchObject({
      name: 'ImageTagAlreadyExistsException',
    })
    await expect(
      put(other.manifest, { imageTag: 'v3', imageDigest: `sha256:${'0'.repeat(64)}` }),
    ).rejects.toMatchObject({ name: 'ImageDigestDoesNotMatchException' })
    const dangling = other.manifest.replaceAll(/sha256:[0-9a-f]{64}/g, `sha256:${'1'.repeat(64)}`)
    await expect(put(dangling, { imageTag: 'v4' })).rejects.toMatchObject({ name: 'LayersNotFoundException' })
  })
})

describe('a push', () => {
  it('to a repository that does not exist is refused in the words of ECR', async () => {
    const pushing = pushTinyImage(await lab.push('absent', 'v1'))
    await expect(pushing).rejects.toMatchObject({ status: 404 })
    await expect(pushing).rejects.toThrow(
      "The repository with name 'absent' does not exist in the registry with id '123456789012'",
    )
  })

  it('onto an immutable tag is refused even for the same digest, by digest it is not', async () => {
    const repositoryName = await repository('IMMUTABLE')
    const place = await lab.push(repositoryName, 'v1')
    const image = await pushTinyImage(place)
    const again = pushManifest(place, image.manifest, OCI_MANIFEST)
    await expect(again).rejects.toThrow(`The image tag 'v1' already exists in the '${repositoryName}' repository`)
    await pushManifest({ ...place, reference: image.digest }, image.manifest, OCI_MANIFEST)
  })

  it('needs a token that ECR handed out and that has not ended', async () => {
    const repositoryName = await repository()
    const place = await lab.push(repositoryName, 'v1')
    await expect(pushTinyImage({ ...place, authorization: 'Basic QVdTOndyb25n' })).rejects.toMatchObject({
      status: 401,
    })
    lab.aws.expireTokens()
    const late = pushTinyImage(place)
    await expect(late).rejects.toThrow(PushRefused)
    await expect(late).rejects.toThrow('Your authorization token has expired. Reauthenticate and try again.')
    await pushTinyImage(await lab.push(repositoryName, 'v1'))
  })

  it('meets what is scripted for the data plane', async () => {
    const repositoryName = await repository()
    lab.aws.script({ kind: 'refuse', operation: 'registry:PutManifest', error: 'throttled', times: 1 })
    const place = await lab.push(repositoryName, 'v1')
    await expect(pushTinyImage(place)).rejects.toMatchObject({ status: 429 })
    await pushTinyImage(place)
  })
})
