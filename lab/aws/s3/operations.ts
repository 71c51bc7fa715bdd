import { createHash } from 'node:crypto'
import type { Operations } from '../operations.ts'
import type { S3Answer } from '../protocol/rest-xml.ts'
import { ServiceError } from '../service-error.ts'
import type { BucketId, Buckets } from './buckets.ts'

type ObjectId = BucketId & { readonly Key: string }
type Put = ObjectId & {
  readonly Body: Buffer
  readonly ContentSha256?: string
  readonly ChecksumSHA256?: string
}

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'

/** As much of S3 as an upload of a zip needs; a bucket is path-style, as clients ask an endpoint without a name. */
export function s3Operations(buckets: Buckets, accountId: string): Operations {
  return {
    CreateBucket: ({ Bucket, Body }: BucketId & { Body: Buffer }): S3Answer => {
      const [, region] = /<LocationConstraint>([^<]+)</.exec(Body.toString('utf8')) ?? []
      buckets.create({ name: Bucket, owner: accountId, ...(region === undefined ? {} : { region }) })
      return { headers: { location: `/${Bucket}` } }
    },
    DeleteBucket: (input: BucketId): S3Answer => {
      buckets.remove(buckets.get(input).name)
      return { status: 204 }
    },
    HeadBucket: (input: BucketId): S3Answer => ({
      headers: { 'x-amz-bucket-region': buckets.get(input).region },
    }),
    GetBucketLocation: (input: BucketId): S3Answer => {
      const { region } = buckets.get(input, true)
      // The oldest region has no name here.
      const constraint = region === 'us-east-1' ? '' : region
      return { xml: `<LocationConstraint xmlns="${NAMESPACE}">${constraint}</LocationConstraint>` }
    },
    PutObject: (input: Put): S3Answer => {
      const { objects } = buckets.get(input)
      const { Body, Key, ContentSha256 = '', ChecksumSHA256 } = input
      const sha256 = createHash('sha256').update(Body).digest()
      if (/^[0-9a-f]{64}$/.test(ContentSha256) && ContentSha256 !== sha256.toString('hex')) {
        throw new ServiceError(
          'XAmzContentSHA256Mismatch',
          400,
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
        )
      }
      if (ChecksumSHA256 !== undefined && ChecksumSHA256 !== sha256.toString('base64')) {
        throw new ServiceError('BadDigest', 400, 'The SHA256 you specified did not match the calculated checksum.')
      }
      objects.set(Key, Body)
      return {
        headers: {
          etag: etag(Body),
          'x-amz-server-side-encryption': 'AES256',
          ...(ChecksumSHA256 && { 'x-amz-checksum-sha256': ChecksumSHA256, 'x-amz-checksum-type': 'FULL_OBJECT' }),
        },
      }
    },
    HeadObject: (input: ObjectId): S3Answer => ({ headers: described(object(input, buckets)) }),
    GetObject: (input: ObjectId): S3Answer => {
      const body = object(input, buckets)
      return { headers: described(body), body }
    },
    DeleteObject: (input: ObjectId): S3Answer => {
      buckets.get(input).objects.delete(input.Key)
      return { status: 204 }
    },
  }
}

function object(input: ObjectId, buckets: Buckets): Buffer {
  const found = buckets.get(input).objects.get(input.Key)
  if (found !== undefined) return found
  throw new ServiceError('NoSuchKey', 404, 'The specified key does not exist.', { members: { Key: input.Key } })
}

function described(body: Buffer): Record<string, string> {
  return {
    etag: etag(body),
    'accept-ranges': 'bytes',
    'last-modified': new Date().toUTCString(),
    'x-amz-server-side-encryption': 'AES256',
  }
}

function etag(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}
