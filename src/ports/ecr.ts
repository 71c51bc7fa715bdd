/** A private repository by name: in the registry of the account `registryId`, else in the caller's. */
export type RepositoryId = { readonly name: string; readonly registryId?: string }

/** A repository as ECR describes it. */
export type Repository = {
  readonly name: string
  /** Account that owns it. */
  readonly registryId: string
  readonly arn: string
  /** `host/name`: the only source of the registry's host (contract §4.2). */
  readonly uri: string
  /** `MUTABLE`, `IMMUTABLE`, `MUTABLE_WITH_EXCLUSION`, `IMMUTABLE_WITH_EXCLUSION`, or what ECR adds one day. */
  readonly tagMutability: string
  /** Wildcard filters of the tags that are excluded from `tagMutability`. */
  readonly mutabilityExclusions: readonly string[]
}

export type ImageId = { readonly tag: string } | { readonly digest: string }

/** A manifest or index as ECR keeps it; `manifest` is its exact text. ECR may translate one that is read by tag, never by digest. */
export type StoredImage = {
  readonly digest: string
  readonly tag?: string
  readonly mediaType: string
  readonly manifest: string
}

/** Amazon ECR's control plane. Every method rejects with access-denied, throttled or aws-error unless it says more. */
export interface Ecr {
  /** `undefined` when there is no such repository. */
  repository(id: RepositoryId): Promise<Repository | undefined>
  /** Scan on push, immutable tags. One that was created meanwhile is as good. */
  createRepository(id: RepositoryId): Promise<Repository>
  /** Those of the images that are there, in no order. */
  images(repository: Repository, ids: readonly ImageId[]): Promise<readonly StoredImage[]>
  /** Points one more tag at an image of the repository, its bytes unchanged. Rejects with tag-immutable. */
  putTag(repository: Repository, image: StoredImage, tag: string): Promise<void>
  /** JSON text of the repository's policy; `undefined` when it has none. */
  policy(repository: Repository): Promise<string | undefined>
  setPolicy(repository: Repository, policyText: string): Promise<void>
  /** JSON text of the repository's lifecycle policy; `undefined` when it has none. */
  lifecyclePolicy(repository: Repository): Promise<string | undefined>
  /** What `docker login` takes. Good for twelve hours. */
  login(): Promise<{ readonly user: string; readonly password: string }>
}
