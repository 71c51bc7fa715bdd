import { DeleteObjectCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { ActionError } from '../../errors.ts'
import type { S3 } from '../../ports/s3.ts'
import { type AwsOptions, clientOptions, UPLOAD_TIMEOUT } from './client-options.ts'
import { type ExpectedError, send } from './send.ts'

/** What is left of a cancelled run for tidying up, in milliseconds. */
const REMOVAL_TIMEOUT = 3_000
/** Where a bucket is, is good to know early, and not worth waiting for. Milliseconds. */
const LOOK_TIMEOUT = 10_000

type Answered = {
  readonly $response?: { readonly headers?: Readonly<Record<string, string>>; readonly statusCode?: number }
}

export function s3Adapter(options: AwsOptions): S3 {
  const client = new S3Client(clientOptions(options))
  const { signal, region } = options

  return {
    async bucketRegion(bucket) {
      try {
        const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(LOOK_TIMEOUT)])
        const { BucketRegion } = await client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal })
        return BucketRegion ?? 'unknown'
      } catch (error) {
        signal.throwIfAborted()
        // S3 names the region when it refuses too: of a bucket elsewhere, and of one that the caller may not list.
        const { $response } = Object(error) as Answered
        return $response?.headers?.['x-amz-bucket-region'] ?? ($response?.statusCode === 404 ? 'missing' : 'unknown')
      }
    },

    put: ({ bucket, key, owner }, content, sha256) =>
      send<void>(
        { action: 's3:PutObject', resource: `s3://${bucket}/${key}` },
        { signal, expected: [...misplaced(bucket, region), refusedOwner(bucket, key, owner)] },
        async (sending) => {
          const command = new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: content,
            ContentType: 'application/zip',
            ChecksumSHA256: sha256,
            ExpectedBucketOwner: owner,
          })
          await client.send(command, { ...sending, requestTimeout: UPLOAD_TIMEOUT })
        },
      ),

    remove: ({ bucket, key, owner }) => {
      const own = AbortSignal.timeout(REMOVAL_TIMEOUT)
      return send<void>(
        { action: 's3:DeleteObject', resource: `s3://${bucket}/${key}` },
        { signal: own },
        async (sending) => {
          await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, ExpectedBucketOwner: owner }), sending)
        },
      )
    },
  }
}

/** S3 has the same two words for a role without the right and for a bucket of another account than expected. */
function refusedOwner(bucket: string, key: string, owner = 'of the credentials'): ExpectedError<never> {
  return {
    name: 'AccessDenied',
    pattern: /^Access Denied$/,
    answer: (message) => {
      throw new ActionError('access-denied', `s3:PutObject on s3://${bucket}/${key} is denied: ${message}`, {
        help: `Either the role of this job may not put objects there (allow s3:PutObject), or the bucket does not belong to the account ${owner}, which it must: a bucket of somebody else by that name would get the layer.`,
      })
    },
  }
}

/** Where a bucket is not where it must be, S3 has a word for each way of asking. */
function misplaced(bucket: string, region: string): readonly ExpectedError<never>[] {
  const elsewhere = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException']
  return [
    { name: 'NoSuchBucket', answer: () => refuse(`There is no bucket ${bucket}`) },
    ...elsewhere.map((name) => ({
      name,
      answer: () => refuse(`The bucket ${bucket} is not in ${region}, and Lambda takes zips of its own region only`),
    })),
  ]

  function refuse(what: string): never {
    throw new ActionError('invalid-input', `${what} (input s3-bucket). Nothing was published.`, {
      help: `Give s3-bucket a bucket of ${region}, in the account of these credentials.`,
    })
  }
}
