import { ActionError } from '../../errors.ts'
import type { LayerPublishPlan } from '../../plan/plan.ts'
import { megabytes } from '../../report/environment-table.ts'

export type UploadWay =
  | { readonly by: 'request' }
  | { readonly by: 's3'; readonly bucket: string; readonly key: string }

/**
 * `Request must be smaller than 69905067 bytes for the PublishLayerVersion operation` (AWS, quoted in public issues): 50 MB
 * as base64, of which the other members of the request take their share.
 */
const REQUEST = 69_905_067
/** Description, licence and lists at their longest, each character escaped. */
const OTHER_MEMBERS = 8192

/** Whether a zip of so many bytes goes to Lambda in the request itself. */
export function isDirect(bytes: number): boolean {
  return 4 * Math.ceil(bytes / 3) + OTHER_MEMBERS <= REQUEST
}

/**
 * How the zip gets to Lambda. `unique` keeps runs apart: each removes its own object afterwards. Throws invalid-input when it
 * needs a bucket and none is given.
 */
export function uploadWay(
  plan: LayerPublishPlan,
  zip: { readonly bytes: number; readonly sha256: string },
  unique: string,
): UploadWay {
  if (isDirect(zip.bytes)) return { by: 'request' }
  const { bucket, prefix, layerName } = plan
  if (bucket === undefined) throw bucketNeeded(zip.bytes, plan.region)
  const digest = Buffer.from(zip.sha256, 'base64').toString('hex').slice(0, 16)
  const name = `${layerName.split(':').at(-1)}-${digest}-${unique}.zip`
  return { by: 's3', bucket, key: prefix === undefined ? name : `${prefix.replace(/\/+$/, '')}/${name}` }
}

function bucketNeeded(bytes: number, region: string): ActionError {
  return new ActionError(
    'invalid-input',
    `The zip is ${megabytes(bytes)}, more than Lambda takes in a request (50 MB), and no \`s3-bucket\` is given. Nothing was published.`,
    {
      help: `Name a bucket of ${region} (s3-bucket): the zip is uploaded there, published, and removed again. Or make the layer smaller; \`size-limit\` lists its largest folders.`,
    },
  )
}
