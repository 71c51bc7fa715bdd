import type {
  DeleteRepositoryPolicyCommandOutput,
  GetRepositoryPolicyCommandOutput,
  SetRepositoryPolicyCommandInput,
  SetRepositoryPolicyCommandOutput,
} from '@aws-sdk/client-ecr'
import type { Output } from '../operations.ts'
import { ServiceError } from '../service-error.ts'
import type { Repositories, Repository, RepositoryId } from './repository.ts'

export function getRepositoryPolicy(
  input: RepositoryId,
  repositories: Repositories,
): Output<GetRepositoryPolicyCommandOutput> {
  return answer(repositories.get(input))
}

export function setRepositoryPolicy(
  input: SetRepositoryPolicyCommandInput,
  repositories: Repositories,
): Output<SetRepositoryPolicyCommandOutput> {
  const repository = repositories.get(input)
  repository.policyText = canonical(input.policyText ?? '')
  return answer(repository)
}

export function deleteRepositoryPolicy(
  input: RepositoryId,
  repositories: Repositories,
): Output<DeleteRepositoryPolicyCommandOutput> {
  const repository = repositories.get(input)
  const last = answer(repository)
  delete repository.policyText
  return last
}

function answer({ description, policyText }: Repository) {
  const { registryId, repositoryName } = description
  if (policyText === undefined) {
    throw new ServiceError(
      'RepositoryPolicyNotFoundException',
      400,
      `Repository policy does not exist for the repository with name '${repositoryName}' in the registry with id '${registryId}'`,
    )
  }
  return { registryId, repositoryName, policyText }
}

/** ECR keeps the policy's JSON in a form of its own (indented), so a client may not compare texts. */
function canonical(policyText: string): string {
  try {
    return JSON.stringify(JSON.parse(policyText), undefined, 2)
  } catch {
    throw new ServiceError(
      'InvalidParameterException',
      400,
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    )
  }
}
