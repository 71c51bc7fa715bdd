import type { Architecture } from '../lambda/architecture.ts'

/**
 * What a run needs of a function's configuration. Environment variables are left out on purpose: they may be secrets.
 * Words that AWS may add to (states, codes, package types) are plain strings.
 */
export type FunctionConfiguration = {
  readonly functionArn: string
  readonly packageType: string
  readonly architectures: readonly string[]
  /** Zip functions. */
  readonly runtime?: string
  /** ARNs of layer versions in their order; later ones lie over earlier ones. */
  readonly layers?: readonly string[]
  /** MB. */
  readonly memorySize?: number
  /** Seconds. */
  readonly timeout?: number
  /** MB of /tmp. */
  readonly ephemeralStorage?: number
  /** What the function lays over the image's configuration. */
  readonly imageConfig?: {
    readonly command?: readonly string[]
    readonly entryPoint?: readonly string[]
    readonly workingDirectory?: string
  }
  /** Image functions: hex sha256 of the image's manifest; Zip functions: base64 sha256 of the zip. */
  readonly codeSha256?: string
  readonly revisionId?: string
  readonly version: string
  readonly state?: string
  readonly stateReason?: string
  readonly stateReasonCode?: string
  readonly lastUpdateStatus?: string
  readonly lastUpdateStatusReason?: string
  readonly lastUpdateStatusReasonCode?: string
}

/** `resolvedImageUri` is the image by digest; `codeLocation` the zip by a presigned link, which is a secret. */
export type LambdaFunction = FunctionConfiguration & {
  readonly imageUri?: string
  readonly resolvedImageUri?: string
  readonly codeLocation?: string
}

export type NewFunction = {
  /** Never with a qualifier. */
  readonly functionName: string
  readonly imageUri: string
  readonly role: string
  readonly architecture: Architecture
  readonly memorySize?: number
  readonly timeout?: number
  readonly ephemeralStorage?: number
}

/** Lambda may not pull the image: its repository's policy does not allow it. */
export type ImageDenied = { readonly outcome: 'image-denied'; readonly reason: string }

export type UpdateAnswer =
  | { readonly outcome: 'accepted'; readonly configuration: FunctionConfiguration }
  /** The function is no longer what `revisionId` stands for. */
  | { readonly outcome: 'revision-changed' }
  | ImageDenied

export type LayersAnswer = Exclude<UpdateAnswer, ImageDenied>

/** One page of a list; `next` asks for the following one. */
export type FunctionPage = {
  readonly functions: readonly Pick<FunctionConfiguration, 'functionArn' | 'layers'>[]
  readonly next?: string
}

export type CreateAnswer =
  | { readonly outcome: 'accepted'; readonly configuration: FunctionConfiguration }
  | { readonly outcome: 'exists' }
  /** IAM has not spread a new role yet, or its trust policy lacks lambda.amazonaws.com. */
  | { readonly outcome: 'role-not-assumable'; readonly reason: string }
  | ImageDenied

export type Alias = {
  readonly arn: string
  readonly name: string
  readonly functionVersion: string
  /** Part of its traffic goes to other versions. */
  readonly weighted: boolean
}

/**
 * AWS Lambda. Function names are names, partial ARNs or ARNs without qualifier. Every method rejects with access-denied,
 * conflict (an update is in progress), throttled or aws-error unless it says more.
 */
export interface LambdaApi {
  /** `undefined` when there is no such function. */
  getFunction(functionName: string): Promise<LambdaFunction | undefined>
  /** `undefined` when there is no such function, version or alias. */
  getFunctionConfiguration(functionName: string, qualifier?: string): Promise<FunctionConfiguration | undefined>
  /** Sends the image and nothing else. Rejects with manifest-unsupported, image-not-found or package-type-mismatch too. */
  updateFunctionCode(functionName: string, imageUri: string, revisionId?: string): Promise<UpdateAnswer>
  /** Sends the whole list of layers and nothing else. Rejects with layer-invalid, invalid-input or package-type-mismatch too. */
  setLayers(functionName: string, layers: readonly string[], revisionId?: string): Promise<LayersAnswer>
  /** Functions of the region, without their versions. */
  functions(marker?: string): Promise<FunctionPage>
  /** Rejects with manifest-unsupported or image-not-found too. */
  createFunction(request: NewFunction): Promise<CreateAnswer>
  /**
   * Publishes $LATEST while its code is still `codeSha256`, else rejects with verify-mismatch; unchanged code gives the
   * version that is there.
   */
  publishVersion(functionName: string, codeSha256?: string): Promise<FunctionConfiguration>
  /** `undefined` when there is no such alias. */
  alias(functionName: string, name: string): Promise<Alias | undefined>
  createAlias(functionName: string, name: string, functionVersion: string): Promise<Alias>
  updateAlias(functionName: string, name: string, functionVersion: string): Promise<Alias>
}
