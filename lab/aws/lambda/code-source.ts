import type { Archive, Archives } from '../archives.ts'
import type { Buckets } from '../s3/buckets.ts'
import { ServiceError } from '../service-error.ts'
import { lambdaErrors } from './errors.ts'

/** Where Lambda takes zips from. */
export type ZipScope = { readonly archives: Archives; readonly buckets: Buckets }

/** Members of `Code` and `Content` of the API that name a zip. */
type Source = {
  readonly ZipFile?: unknown
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
}

const DIRECT_UPLOAD = 52_428_800
/** Bytes of a request's body; base64 of 50 MB and the other members stay below it. */
const REQUEST = { PublishLayerVersion: 69_905_067, CreateFunction: 70_167_211, UpdateFunctionCode: 70_167_211 } as const
export const UNZIPPED = 262_144_000

/** The zip of a request, or the refusal of it in AWS's words. */
export function zipOf(source: Source, operation: keyof typeof REQUEST, { archives, buckets }: ZipScope): Archive {
  const { ZipFile, S3Bucket, S3Key } = source
  if (S3Bucket !== undefined) return archives.keep(fromS3(S3Bucket, S3Key ?? '', buckets))
  const base64 = typeof ZipFile === 'string' ? ZipFile : ''
  if (base64.length > REQUEST[operation]) {
    throw tooLarge(`Request must be smaller than ${REQUEST[operation]} bytes for the ${operation} operation`)
  }
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > DIRECT_UPLOAD) throw tooLarge(`Zipped size must be smaller than ${DIRECT_UPLOAD} bytes`)
  return archives.keep(bytes)
}

/** Bytes that the zip takes unpacked, of `room` that there is. */
export function unzipped({ unzippedSize }: Archive, room = UNZIPPED): number {
  if (unzippedSize === undefined) {
    throw lambdaErrors.invalidParameter(
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    )
  }
  // With layers attached the number is what they leave.
  if (unzippedSize >= room) {
    throw lambdaErrors.invalidParameter(`Unzipped size must be smaller than ${room} bytes`)
  }
  return unzippedSize
}

function fromS3(name: string, key: string, buckets: Buckets): Buffer {
  const refused = (code: string, message: string) =>
    lambdaErrors.invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`,
    )
  const bucket = buckets.find(name)
  if (bucket === undefined) throw refused('NoSuchBucket', 'The specified bucket does not exist')
  if (bucket.region !== buckets.region) {
    const where = `The bucket is in this region: ${bucket.region}. Please use this region to retry the request`
    throw refused('PermanentRedirect', where)
  }
  const object = bucket.objects.get(key)
  if (object === undefined) throw refused('NoSuchKey', 'The specified key does not exist.')
  return object
}

function tooLarge(message: string): ServiceError {
  return new ServiceError('RequestEntityTooLargeException', 413, message)
}
