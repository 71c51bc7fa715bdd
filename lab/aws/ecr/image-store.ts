import type { RegistryClient } from './registry-client.ts'
import type { Repositories } from './repository.ts'

/** What the operations on images work on: what ECR knows, and the registry that stores the bytes. */
export type ImageStore = { readonly repositories: Repositories; readonly registry: RegistryClient }
