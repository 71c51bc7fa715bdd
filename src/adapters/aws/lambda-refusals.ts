import type { KnownRefusal } from './failure.ts'

/** What Lambda answers at once to an image it does not take, by its words (one name and status for all of them). */
export const IMAGE_REFUSALS: readonly KnownRefusal[] = [
  {
    pattern: /image manifest.* media type.* not supported/i,
    code: 'manifest-unsupported',
    help: 'Lambda takes one Docker v2 schema 2 or OCI image manifest with gzip layers: no index, no attestations. Build for one platform with provenance: false and sbom: false.',
  },
  {
    pattern: /Source image .*(?:does not exist|is not valid)/i,
    code: 'image-not-found',
    help: 'The image must be in a private ECR repository of the function’s own region, and not be removed by a lifecycle policy of the repository.',
  },
  {
    pattern: /provide (?:an )?ImageUri when updating a function with packageType Zip/i,
    code: 'package-type-mismatch',
    help: 'The package type of a function cannot change: create a function under another name from the image (role), and move its triggers there.',
  },
]

/** The guard of PublishVersion: somebody else has updated the code since. */
export const OTHER_CODE: KnownRefusal = {
  pattern: /CodeSHA256 .* is different from current/i,
  code: 'verify-mismatch',
  help: 'Another deployment came between: no version was published. Use one concurrency group for all jobs that deploy this function, then run this one again.',
}

const SMALLER =
  'Leave out of the layer what functions do not need: the finding `size-limit` lists its largest folders. The limit of 250 MB holds for a function and all of its layers together.'

/** What Lambda answers to a layer that it does not take, and to a function that would have too much of them. */
export const LAYER_REFUSALS: readonly KnownRefusal[] = [
  { pattern: /^Unzipped size must be smaller than \d+ bytes/, code: 'layer-invalid', help: SMALLER },
  {
    pattern: /Function code combined with layers exceeds|Layers consume more than/,
    code: 'layer-invalid',
    help: SMALLER,
  },
  {
    pattern: /^(?:Zipped size|Request) must be smaller than \d+ bytes/,
    code: 'layer-invalid',
    help: 'Give `s3-bucket` a bucket of the same region: a zip of this size goes to Lambda by way of S3 only.',
  },
  {
    pattern: /Could not unzip uploaded file/,
    code: 'layer-invalid',
    help: 'Is the zip whole? `unzip -t` says so. A folder given as `layer-path` is packed by this action.',
  },
  {
    pattern: /Error occurred while GetObject\. S3 Error Code: (?:PermanentRedirect|AuthorizationHeaderMalformed)/,
    code: 'invalid-input',
    help: 'Give `s3-bucket` a bucket of the region of the layer.',
  },
  {
    pattern: /Error occurred while GetObject\. S3 Error Code: AccessDenied/,
    code: 'access-denied',
    help: 'Lambda reads the object with the rights of the caller: allow s3:GetObject on the keys under `s3-prefix` to the role of this job.',
  },
  {
    pattern: /Cannot reference more than 5 layers/,
    code: 'invalid-input',
    help: 'A function takes five layers at most: take one off, or merge two.',
  },
  {
    pattern: /Lambda layers are not supported for functions created with container images/,
    code: 'package-type-mismatch',
    help: 'An image brings its own /opt: copy the layer into the image (COPY … /opt).',
  },
]

export const IMAGE_DENIED = /does not have permission to access the ECR image/i

export const ROLE_NOT_ASSUMABLE = /role defined for the function cannot be assumed/i
