export type S3Object = {
  readonly bucket: string
  readonly key: string
  /** Account that must own the bucket. */
  readonly owner?: string
}

/** Amazon S3, asked in the run's region. */
export interface S3 {
  /** Region of a bucket, `missing` when there is none, `unknown` when S3 does not say. Never rejects but when cancelled. */
  bucketRegion(bucket: string): Promise<string>
  /**
   * `sha256`: base64; S3 refuses other bytes. Rejects with invalid-input for a bucket that is missing or of another region,
   * and with access-denied, also when the bucket has another owner.
   */
  put(object: S3Object, content: Uint8Array, sha256: string): Promise<void>
  /** Also of a cancelled run, and where nothing is. */
  remove(object: S3Object): Promise<void>
}
