import type { Operations } from '../operations.ts'
import { batchGetImage } from './batch-get-image.ts'
import { describeImages } from './describe-images.ts'
import { deleteLifecyclePolicy, getLifecyclePolicy, putLifecyclePolicy } from './lifecycle-policies.ts'
import { deleteRepositoryPolicy, getRepositoryPolicy, setRepositoryPolicy } from './policies.ts'
import { putImage } from './put-image.ts'
import type { RegistryClient } from './registry-client.ts'
import { createRepository, describeRepositories } from './repositories.ts'
import type { Repositories } from './repository.ts'
import { getAuthorizationToken, type Tokens } from './tokens.ts'

type Scope = {
  readonly repositories: Repositories
  readonly registry: RegistryClient
  readonly registryHost: string
  readonly region: string
  readonly tokens: Tokens
}

export function ecrOperations(scope: Scope): Operations {
  const { repositories } = scope
  return {
    GetAuthorizationToken: () => getAuthorizationToken(scope.tokens, scope.registryHost),
    CreateRepository: (input) => createRepository(input, scope),
    DescribeRepositories: (input) => describeRepositories(input, repositories),
    BatchGetImage: (input) => batchGetImage(input, scope),
    PutImage: (input) => putImage(input, scope),
    DescribeImages: (input) => describeImages(input, scope),
    GetRepositoryPolicy: (input) => getRepositoryPolicy(input, repositories),
    SetRepositoryPolicy: (input) => setRepositoryPolicy(input, repositories),
    DeleteRepositoryPolicy: (input) => deleteRepositoryPolicy(input, repositories),
    GetLifecyclePolicy: (input) => getLifecyclePolicy(input, repositories),
    PutLifecyclePolicy: (input) => putLifecyclePolicy(input, repositories),
    DeleteLifecyclePolicy: (input) => deleteLifecyclePolicy(input, repositories),
  }
}
