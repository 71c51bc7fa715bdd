export type ImagePublication = {
  readonly repositoryUri: string
  readonly digest: string
  readonly mediaType: string
  readonly tags: readonly string[]
  readonly reused: boolean
}

/** `layerVersionArn` tells the two apart. */
export type Publication =
  | (ImagePublication & Never<Exclude<keyof LayerPublication, 'reused'>>)
  | (LayerPublication & Never<Exclude<keyof ImagePublication, 'reused'>>)

type Never<Names extends string> = { readonly [Name in Names]?: never }

/** A layer version. `shared`: entries of `share-with` that may use it now. */
export type LayerPublication = {
  readonly layerVersionArn: string
  readonly version: number
  /** Base64 sha256 of the published zip. */
  readonly codeSha256: string
  readonly reused: boolean
  readonly shared: readonly string[]
  /** Who else may use this version by its policy: written as in `share-with`, else by the id of the statement. */
  readonly alsoShared?: readonly string[]
  /** Who may use the version before this one, and is not in `share-with` any more. */
  readonly formerlyShared?: { readonly layerVersionArn: string; readonly sharees: readonly string[] }
}

export type FunctionState = {
  readonly codeSha256: string
  readonly imageUri?: string
  /** ARNs of layer versions in their order. */
  readonly layers?: readonly string[]
  readonly state: string
  readonly stateReasonCode?: string
  readonly lastUpdateStatus: string
  readonly lastUpdateStatusReasonCode?: string
  readonly version: string
}

export type Deployment = {
  readonly functionArn: string
  readonly before?: FunctionState
  readonly after?: FunctionState
  readonly waitedSeconds: number
  readonly polls: number
  readonly versionPublished?: string
  readonly alias?: { readonly name: string; readonly from?: string; readonly to: string }
  /** Of a layer: other functions of the region that have another version of it, or why that is not known. */
  readonly otherVersions?: OtherVersions
}

export type OtherVersions = {
  readonly functions: readonly { readonly functionArn: string; readonly layerVersionArn: string }[]
  /** Absent: every function was looked at. */
  readonly reason?: string
}
