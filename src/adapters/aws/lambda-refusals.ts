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

export const IMAGE_DENIED = /does not have permission to access the ECR image/i

export const ROLE_NOT_ASSUMABLE = /role defined for the function cannot be assumed/i
