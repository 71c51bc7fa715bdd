import type {
  CreateRepositoryCommandInput,
  CreateRepositoryCommandOutput,
  DescribeRepositoriesCommandInput,
  DescribeRepositoriesCommandOutput,
} from '@aws-sdk/client-ecr'
import type { Output } from '../operations.ts'
import { ServiceError } from '../service-error.ts'
import type { Repositories } from './repository.ts'

const NAME = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/

export function createRepository(
  input: CreateRepositoryCommandInput,
  scope: { repositories: Repositories; registryHost: string; region: string },
): Output<CreateRepositoryCommandOutput> {
  const { repositories, registryHost, region } = scope
  const repositoryName = input.repositoryName ?? ''
  if (!NAME.test(repositoryName) || repositoryName.length < 2 || repositoryName.length > 256) {
    throw new ServiceError(
      'InvalidParameterException',
      400,
      "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''",
    )
  }
  const registryId = input.registryId ?? repositories.accountId
  if (repositories.find(repositoryName) !== undefined) {
    throw new ServiceError(
      'RepositoryAlreadyExistsException',
      400,
      `The repository with name '${repositoryName}' already exists in the registry with id '${registryId}'`,
    )
  }
  const description = {
    repositoryArn: `arn:aws:ecr:${region}:${registryId}:repository/${repositoryName}`,
    registryId,
    repositoryName,
    repositoryUri: `${registryHost}/${repositoryName}`,
    createdAt: new Date(),
    imageTagMutability: input.imageTagMutability ?? 'MUTABLE',
    ...(input.imageTagMutabilityExclusionFilters && {
      imageTagMutabilityExclusionFilters: input.imageTagMutabilityExclusionFilters,
    }),
    imageScanningConfiguration: { scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false },
    encryptionConfiguration: { encryptionType: input.encryptionConfiguration?.encryptionType ?? 'AES256' },
  } satisfies CreateRepositoryCommandOutput['repository']
  repositories.add({ description, pushedAt: new Map() })
  return { repository: description }
}

export function describeRepositories(
  input: DescribeRepositoriesCommandInput,
  repositories: Repositories,
): Output<DescribeRepositoriesCommandOutput> {
  const registryId = input.registryId ?? repositories.accountId
  const found =
    input.repositoryNames === undefined
      ? repositories.all().filter(({ description }) => description.registryId === registryId)
      : input.repositoryNames.map((repositoryName) => repositories.get({ repositoryName, registryId }))
  return { repositories: found.map(({ description }) => description) }
}
