import type { Architecture } from '../lambda/architecture.ts'

export type PublishPlan = {
  readonly repository: string
  readonly region: string
  /** Account that owns the repository; absent: the caller's. */
  readonly registryId?: string
  readonly createRepository: boolean
  readonly tags: readonly string[]
  /** 12-digit accounts. */
  readonly shareWith: readonly string[]
}

export type DeployPlan = {
  readonly functionName: string
  readonly region: string
  /** Account of the function, when its ARN or STS told. */
  readonly account?: string
  /** `create` when the function does not exist and `role` was given. */
  readonly action: 'update' | 'create'
  readonly role?: string
  /** Settings that were given as inputs: sent when the function is created, never to one that exists. MB, seconds, MB. */
  readonly creation?: { readonly memorySize?: number; readonly timeout?: number; readonly ephemeralStorage?: number }
  readonly publishVersion: boolean
  readonly alias?: string
  /** Seconds. */
  readonly waitTimeout: number
}

export type LayerPublishPlan = {
  /** Name, or ARN without a version. */
  readonly layerName: string
  readonly region: string
  /** The caller's account, when STS told. */
  readonly account?: string
  /** Without the mark of the content; empty: none. */
  readonly description: string
  readonly licenseInfo?: string
  readonly runtimes: readonly string[]
  readonly architectures: readonly Architecture[]
  /** Way of a zip that is too large for a request. */
  readonly bucket?: string
  readonly prefix?: string
  /** Accounts of 12 digits, `org:o-…`, `*`. */
  readonly shareWith: readonly string[]
  /** Seconds. */
  readonly waitTimeout: number
}

/** A function gets the layer version. */
export type AttachPlan = Pick<DeployPlan, 'functionName' | 'region' | 'publishVersion' | 'alias' | 'waitTimeout'>
