import type {
  DeleteLifecyclePolicyCommandOutput,
  GetLifecyclePolicyCommandOutput,
  PutLifecyclePolicyCommandInput,
  PutLifecyclePolicyCommandOutput,
} from '@aws-sdk/client-ecr'
import type { Output } from '../operations.ts'
import { ServiceError } from '../service-error.ts'
import type { Repositories, Repository, RepositoryId } from './repository.ts'

/** Kept and given back; nothing is ever removed by it. */
export function putLifecyclePolicy(
  input: PutLifecyclePolicyCommandInput,
  repositories: Repositories,
): Output<PutLifecyclePolicyCommandOutput> {
  const repository = repositories.get(input)
  repository.lifecyclePolicyText = compact(input.lifecyclePolicyText ?? '')
  return answer(repository)
}

export function getLifecyclePolicy(
  input: RepositoryId,
  repositories: Repositories,
): Output<GetLifecyclePolicyCommandOutput> {
  return { ...answer(repositories.get(input)), lastEvaluatedAt: new Date() }
}

export function deleteLifecyclePolicy(
  input: RepositoryId,
  repositories: Repositories,
): Output<DeleteLifecyclePolicyCommandOutput> {
  const repository = repositories.get(input)
  const last = answer(repository)
  delete repository.lifecyclePolicyText
  return { ...last, lastEvaluatedAt: new Date() }
}

function answer({ description: { registryId, repositoryName }, lifecyclePolicyText }: Repository) {
  if (lifecyclePolicyText === undefined) {
    throw new ServiceError(
      'LifecyclePolicyNotFoundException',
      400,
      `Lifecycle policy does not exist for the repository with name '${repositoryName}' in the registry with id '${registryId}'`,
    )
  }
  return { registryId, repositoryName, lifecyclePolicyText }
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    throw new ServiceError(
      'InvalidParameterException',
      400,
      "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure'",
    )
  }
}
