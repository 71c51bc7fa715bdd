/** A published version as a list of versions shows it. */
export type LayerVersion = {
  readonly arn: string
  readonly version: number
  readonly description: string
  readonly licenseInfo: string
  readonly runtimes: readonly string[]
  readonly architectures: readonly string[]
}

/** `codeSha256`: base64. `location`: presigned, good for ten minutes; it is a secret. */
export type LayerContent = { readonly codeSha256: string; readonly location?: string }

export type NewLayerVersion = {
  /** Name, or ARN without a version. */
  readonly layerName: string
  readonly description: string
  readonly licenseInfo?: string
  readonly runtimes: readonly string[]
  readonly architectures: readonly string[]
  readonly content: { readonly zip: Uint8Array } | { readonly bucket: string; readonly key: string }
}

export type PublishedVersion = { readonly arn: string; readonly version: number; readonly codeSha256: string }

/** Who may use a version: `principal` is an account of 12 digits or `*`, which an organisation may narrow. */
export type LayerGrant = {
  readonly statementId: string
  readonly principal: string
  readonly organizationId?: string
}

/** Layers of AWS Lambda. Every method rejects with access-denied, throttled or aws-error unless it says more. */
export interface LayerApi {
  /** `undefined` when the layer has no version. */
  newestVersion(layerName: string): Promise<LayerVersion | undefined>
  /** `arn` of a version; `undefined` when there is none. */
  content(arn: string): Promise<LayerContent | undefined>
  /** Rejects with layer-invalid too, for what Lambda does not take. */
  publish(request: NewLayerVersion): Promise<PublishedVersion>
  /** JSON text of the version's policy; `undefined` when it has none. */
  policy(arn: string): Promise<string | undefined>
  /** `exists`: the statement id is taken. */
  grant(arn: string, grant: LayerGrant): Promise<'added' | 'exists'>
}
