/** Every output of the action: the only list of their names. Set as soon as they are known, also when the run fails later. */
export const OUTPUTS = [
  'image-uri',
  'image-digest',
  'image-tag',
  'manifest-media-type',
  'image-size',
  'layer-zip',
  'layer-version-arn',
  'layer-version',
  'code-sha256',
  'content-fingerprint',
  'function-arn',
  'function-version',
  'alias-arn',
  'state',
  'last-update-status',
  'parity-status',
  'smoke-status',
  'report-json',
  'report-markdown',
  'report-sarif',
  'local-image',
  'comment-url',
] as const

export type OutputName = (typeof OUTPUTS)[number]

/** Sets one output; a value that is not known is not set. */
export type SetOutput = (name: OutputName, value: string | number | undefined) => void
