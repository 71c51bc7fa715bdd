import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  PutImageCommand,
  type Repository as RepositoryDescription,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { MEDIA_TYPES } from '../../build/manifest-facts.ts'
import { ActionError } from '../../errors.ts'
import type { Ecr, ImageId, Repository, RepositoryId, StoredImage } from '../../ports/ecr.ts'
import { type AwsOptions, clientOptions } from './client-options.ts'
import { send } from './send.ts'

/** Quota of BatchGetImage. */
const IMAGES_PER_CALL = 100

export function ecrAdapter(options: AwsOptions): Ecr {
  const client = new ECRClient(clientOptions(options))
  const { signal, region } = options

  const repository = (id: RepositoryId): Promise<Repository | undefined> =>
    send<Repository | undefined>(
      { action: 'ecr:DescribeRepositories', resource: `repository ${id.name} in ${region}` },
      { signal, expected: [{ name: 'RepositoryNotFoundException', answer: () => undefined }] },
      async (sending) => {
        const command = new DescribeRepositoriesCommand({ repositoryNames: [id.name], ...registry(id) })
        const { repositories: [found] = [] } = await client.send(command, sending)
        return found && describe(found)
      },
    )

  return {
    repository,

    createRepository: (id) =>
      send(
        { action: 'ecr:CreateRepository', resource: `repository ${id.name} in ${region}` },
        {
          signal,
          expected: [
            {
              name: 'RepositoryAlreadyExistsException',
              answer: async () => (await repository(id)) ?? vanished(id.name),
            },
          ],
        },
        async (sending) => {
          const command = new CreateRepositoryCommand({
            repositoryName: id.name,
            ...registry(id),
            imageTagMutability: 'IMMUTABLE',
            imageScanningConfiguration: { scanOnPush: true },
          })
          const { repository: created } = await client.send(command, sending)
          return created === undefined ? vanished(id.name) : describe(created)
        },
      ),

    async images(target, ids) {
      const found: StoredImage[] = []
      for (let start = 0; start < ids.length; start += IMAGES_PER_CALL) {
        const command = new BatchGetImageCommand({
          ...address(target),
          imageIds: ids.slice(start, start + IMAGES_PER_CALL).map(imageIdentifier),
          // Whatever is stored, so that ECR has no reason to translate it.
          acceptedMediaTypes: Object.values(MEDIA_TYPES),
        })
        const { images = [] } = await send(
          { action: 'ecr:BatchGetImage', resource: target.arn },
          { signal },
          (sending) => client.send(command, sending),
        )
        for (const { imageId, imageManifest, imageManifestMediaType } of images) {
          if (imageId?.imageDigest === undefined || imageManifest === undefined) continue
          found.push({
            digest: imageId.imageDigest,
            ...(imageId.imageTag === undefined ? {} : { tag: imageId.imageTag }),
            mediaType: imageManifestMediaType ?? '',
            manifest: imageManifest,
          })
        }
      }
      return found
    },

    putTag: (target, image, tag) =>
      send<void>(
        { action: 'ecr:PutImage', resource: target.arn },
        {
          signal,
          expected: [
            { name: 'ImageAlreadyExistsException', answer: () => undefined },
            {
              name: 'ImageTagAlreadyExistsException',
              answer: (message) => {
                throw new ActionError('tag-immutable', message, {
                  help: 'Use a tag of its own for each commit (the default is sha-<commit>), or make the repository’s tags mutable.',
                })
              },
            },
          ],
        },
        async (sending) => {
          const command = new PutImageCommand({
            ...address(target),
            imageManifest: image.manifest,
            imageManifestMediaType: image.mediaType,
            imageDigest: image.digest,
            imageTag: tag,
          })
          await client.send(command, sending)
        },
      ),

    policy: (target) =>
      send<string | undefined>(
        { action: 'ecr:GetRepositoryPolicy', resource: target.arn },
        { signal, expected: [{ name: 'RepositoryPolicyNotFoundException', answer: () => undefined }] },
        async (sending) => (await client.send(new GetRepositoryPolicyCommand(address(target)), sending)).policyText,
      ),

    setPolicy: (target, policyText) =>
      send<void>({ action: 'ecr:SetRepositoryPolicy', resource: target.arn }, { signal }, async (sending) => {
        await client.send(new SetRepositoryPolicyCommand({ ...address(target), policyText }), sending)
      }),

    lifecyclePolicy: (target) =>
      send<string | undefined>(
        { action: 'ecr:GetLifecyclePolicy', resource: target.arn },
        { signal, expected: [{ name: 'LifecyclePolicyNotFoundException', answer: () => undefined }] },
        async (sending) =>
          (await client.send(new GetLifecyclePolicyCommand(address(target)), sending)).lifecyclePolicyText,
      ),

    async login() {
      const { authorizationData: [data] = [] } = await send(
        { action: 'ecr:GetAuthorizationToken', resource: '*' },
        { signal },
        (sending) => client.send(new GetAuthorizationTokenCommand(), sending),
      )
      const [user = '', ...password] = Buffer.from(data?.authorizationToken ?? '', 'base64')
        .toString('utf8')
        .split(':')
      return { user, password: password.join(':') }
    },
  }
}

function describe(found: RepositoryDescription): Repository {
  return {
    name: found.repositoryName ?? '',
    registryId: found.registryId ?? '',
    arn: found.repositoryArn ?? '',
    uri: found.repositoryUri ?? '',
    tagMutability: found.imageTagMutability ?? 'MUTABLE',
    mutabilityExclusions: (found.imageTagMutabilityExclusionFilters ?? []).flatMap(({ filter }) => filter ?? []),
  }
}

function registry({ registryId }: RepositoryId): { registryId?: string } {
  return registryId === undefined ? {} : { registryId }
}

function address({ name, registryId }: Repository): { repositoryName: string; registryId: string } {
  return { repositoryName: name, registryId }
}

function imageIdentifier(id: ImageId): { imageTag: string } | { imageDigest: string } {
  return 'tag' in id ? { imageTag: id.tag } : { imageDigest: id.digest }
}

function vanished(name: string): never {
  throw new ActionError('repository-not-found', `ECR created the repository ${name}, but does not describe it.`, {
    help: 'It may have been deleted by somebody else at the same moment; run the job again.',
  })
}
