import type { Repository as RepositoryDescription } from '@aws-sdk/client-ecr'
import { ServiceError } from '../service-error.ts'

export type Repository = {
  description: RepositoryDescription & { repositoryName: string; registryId: string; repositoryArn: string }
  policyText?: string
  lifecyclePolicyText?: string
  /** Digest → time of the push: a registry does not tell when, nor which manifests have lost their tags. */
  readonly pushedAt: Map<string, Date>
}

export type RepositoryId = { readonly repositoryName?: string | undefined; readonly registryId?: string | undefined }

/** The repositories of one region, whatever account owns them; names are unique, because one registry stores them all. */
export class Repositories {
  readonly accountId: string
  readonly #byName = new Map<string, Repository>()

  constructor(accountId: string) {
    this.accountId = accountId
  }

  add(repository: Repository): void {
    this.#byName.set(repository.description.repositoryName, repository)
  }

  all(): Repository[] {
    return [...this.#byName.values()]
  }

  find(name: string): Repository | undefined {
    return this.#byName.get(name)
  }

  /** The repository of that name in that account's registry, or RepositoryNotFoundException. */
  get(id: RepositoryId): Repository {
    const registryId = id.registryId ?? this.accountId
    const repository = this.#byName.get(id.repositoryName ?? '')
    if (repository !== undefined && repository.description.registryId === registryId) return repository
    throw new ServiceError('RepositoryNotFoundException', 400, repositoryNotFound(id.repositoryName ?? '', registryId))
  }
}

/** ECR's words, the same in its API and in the answers to a push. */
export function repositoryNotFound(name: string, registryId: string): string {
  return `The repository with name '${name}' does not exist in the registry with id '${registryId}'`
}

/** Whether a tag of this repository may never move (all four settings of imageTagMutability). */
export function isImmutable({ description }: Repository, tag: string): boolean {
  const excluded = (description.imageTagMutabilityExclusionFilters ?? []).some(({ filter }) =>
    wildcard(filter ?? '').test(tag),
  )
  switch (description.imageTagMutability) {
    case 'IMMUTABLE':
      return true
    case 'IMMUTABLE_WITH_EXCLUSION':
      return !excluded
    case 'MUTABLE_WITH_EXCLUSION':
      return excluded
    default:
      return false
  }
}

export function tagIsImmutable(tag: string, repositoryName: string): string {
  return `The image tag '${tag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the tag is immutable.`
}

/** An exclusion filter may hold letters, digits, `.`, `_`, `-` and the wildcard `*`. */
function wildcard(filter: string): RegExp {
  return new RegExp(
    `^${filter
      .split('*')
      .map((part) => part.replaceAll('.', '\\.'))
      .join('.*')}$`,
  )
}
