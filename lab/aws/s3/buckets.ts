import { ServiceError } from '../service-error.ts'

export type Bucket = {
  readonly name: string
  readonly region: string
  /** Account that owns it. */
  readonly owner: string
  readonly objects: Map<string, Buffer>
}

export type BucketId = {
  readonly Bucket: string
  readonly ExpectedBucketOwner?: string
}

/** Buckets have one namespace for all regions and accounts; `region` is that of the endpoint that is asked. */
export class Buckets {
  readonly region: string
  readonly #byName = new Map<string, Bucket>()

  constructor(region: string) {
    this.region = region
  }

  all(): Bucket[] {
    return [...this.#byName.values()]
  }

  create(bucket: { readonly name: string; readonly region?: string; readonly owner: string }): Bucket {
    const there = this.#byName.get(bucket.name)
    if (there !== undefined) {
      throw there.owner === bucket.owner
        ? new ServiceError(
            'BucketAlreadyOwnedByYou',
            409,
            'Your previous request to create the named bucket succeeded and you already own it.',
          )
        : new ServiceError(
            'BucketAlreadyExists',
            409,
            'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
          )
    }
    const { name, region = this.region, owner } = bucket
    const created = { name, region, owner, objects: new Map() }
    this.#byName.set(name, created)
    return created
  }

  find(name: string): Bucket | undefined {
    return this.#byName.get(name)
  }

  remove(name: string): void {
    this.#byName.delete(name)
  }

  /** Of another region it answers with where the bucket is; of another owner than expected it refuses. */
  get({ Bucket: name, ExpectedBucketOwner: owner }: BucketId, anyRegion = false): Bucket {
    const found = this.#byName.get(name)
    if (found === undefined) throw new ServiceError('NoSuchBucket', 404, 'The specified bucket does not exist')
    const place = { 'x-amz-bucket-region': found.region }
    if (found.region !== this.region && !anyRegion) {
      throw new ServiceError(
        'PermanentRedirect',
        301,
        'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
        { headers: place, members: { Endpoint: `s3.${found.region}.amazonaws.com`, Bucket: name } },
      )
    }
    if (owner !== undefined && owner !== found.owner) {
      throw new ServiceError('AccessDenied', 403, 'Access Denied', { headers: place })
    }
    return found
  }
}
