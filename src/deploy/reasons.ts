/** What a reason code means for the person who reads it, and what to do about it. `pattern` narrows a code by AWS's words. */
type Reason = { readonly code: string; readonly pattern?: RegExp; readonly remedy: string }

const ROLE = 'Give the execution role what the reason names'
const VPC = 'Look at the subnets and security groups of the function’s VPC configuration'
const KMS =
  'Allow the execution role kms:Decrypt with the function’s KMS key, and see that the key exists and is enabled.'
const EFS = 'Look at the function’s EFS access point, mount targets and security groups.'
const CAPACITY = 'Nothing is wrong with the image: run the job again later, or ask AWS for a higher quota.'
const STARTS =
  'The image starts no runtime interface client: see the smoke and the entrypoint finding of this report, and the function’s log group.'

/**
 * StateReasonCode and LastUpdateStatusReasonCode of the Lambda API (model of 2026-08), most specific row first. The list
 * is open: AWS sends codes that its own model does not have.
 */
export const REASONS: readonly Reason[] = [
  {
    code: 'InvalidImage',
    pattern: /UnsupportedImageLayer/i,
    remedy:
      'Lambda cannot unpack that layer: hard links between files, no gzip, or an attestation. Rebuild on Linux with docker buildx, layers gzip, provenance: false; for Bazel load the image into Docker and push it from there.',
  },
  {
    code: 'InvalidImage',
    pattern: /MissingParentDirectory/i,
    remedy:
      'A layer holds a file without entries for the folders above it. Tools that write layers themselves do that: add the directory entries, or build with docker buildx.',
  },
  {
    code: 'InvalidImage',
    pattern: /SizeLimitExceeded/i,
    remedy:
      'All layers together, uncompressed, are over 10 GiB, and deleting a file in a later layer does not make it smaller: leave caches, tests and unused CUDA or model files out of the stage that ships.',
  },
  {
    code: 'InvalidImage',
    pattern: /media type|manifest/i,
    remedy:
      'Lambda takes one image manifest: no index, no attestations. Build for one platform with provenance: false and sbom: false, and deploy that digest.',
  },
  {
    code: 'InvalidImage',
    remedy:
      'Lambda cannot prepare the image. Rebuild it with docker buildx for one platform with gzip layers and no attestations, and deploy that digest.',
  },
  {
    code: 'ImageAccessDenied',
    remedy:
      'Lambda may not pull the image: allow lambda.amazonaws.com ecr:BatchGetImage and ecr:GetDownloadUrlForLayer in the policy of the repository (across accounts: share-with).',
  },
  {
    code: 'ImageDeleted',
    remedy:
      'The image is gone from its repository: run this job again to push and deploy one, and keep lifecycle rules from removing images in use (count per tag prefix, not age).',
  },
  { code: 'KMSKeyAccessDenied', remedy: KMS },
  { code: 'KMSKeyNotFound', remedy: KMS },
  { code: 'InvalidStateKMSKey', remedy: KMS },
  { code: 'DisabledKMSKey', remedy: KMS },
  {
    code: 'InsufficientRolePermissions',
    remedy: `${ROLE}; in a VPC it is ec2:CreateNetworkInterface, ec2:DescribeNetworkInterfaces and ec2:DeleteNetworkInterface.`,
  },
  {
    code: 'InvalidConfiguration',
    remedy: 'A setting of the function contradicts another one: correct what the reason names.',
  },
  { code: 'InternalError', remedy: 'A fault on the side of AWS: run the job again.' },
  { code: 'DependencyError', remedy: 'A service that Lambda depends on failed: run the job again.' },
  { code: 'EniLimitExceeded', remedy: `${VPC}: the account has no network interface left for them.` },
  { code: 'SubnetOutOfIPAddresses', remedy: `${VPC}: a subnet has no address left. Add a subnet, or a larger one.` },
  { code: 'InvalidSubnet', remedy: `${VPC}: a subnet does not exist any more.` },
  { code: 'InvalidSecurityGroup', remedy: `${VPC}: a security group does not exist any more, or is of another VPC.` },
  { code: 'DisallowedByVpcEncryptionControl', remedy: `${VPC}: the VPC’s encryption control forbids them.` },
  { code: 'EC2RequestLimitExceeded', remedy: 'Too many EC2 calls in this account at the moment: run the job again.' },
  { code: 'EFSIOError', remedy: EFS },
  { code: 'EFSMountConnectivityError', remedy: EFS },
  { code: 'EFSMountFailure', remedy: EFS },
  { code: 'EFSMountTimeout', remedy: EFS },
  { code: 'InsufficientCapacity', remedy: CAPACITY },
  { code: 'ServiceQuotaExceededException', remedy: CAPACITY },
  { code: 'VcpuLimitExceeded', remedy: CAPACITY },
  {
    code: 'CapacityProviderScalingLimitExceeded',
    remedy: 'The capacity provider may not grow further: raise its limit, or run the job again later.',
  },
  { code: 'FunctionError', remedy: STARTS },
  {
    code: 'FunctionError.InvalidEntryPoint',
    remedy: 'ENTRYPOINT must be the absolute path of an executable file in the image, of the function’s architecture.',
  },
  {
    code: 'FunctionError.InvalidWorkingDirectory',
    remedy: 'WORKDIR must be an absolute path of a folder in the image: set WORKDIR /var/task.',
  },
  {
    code: 'FunctionError.PermissionDenied',
    remedy: 'Lambda’s user may not execute the entry point: COPY --chmod=755, and no USER is needed.',
  },
  {
    code: 'FunctionError.InitTimeout',
    remedy:
      'The function’s init took longer than Lambda allows: load less before the first invocation; the smoke shows how long it took here.',
  },
  {
    code: 'FunctionError.InitResourceExhausted',
    remedy: 'Init needs more memory or /tmp than the function has: raise its memory size or ephemeral storage.',
  },
  { code: 'FunctionError.RuntimeInitError', remedy: STARTS },
  {
    code: 'FunctionError.ExtensionInitError',
    remedy: 'An extension in /opt/extensions of the image ended or failed at its start: see the function’s log group.',
  },
  { code: 'FunctionError.TooManyExtensions', remedy: 'The image has more than ten extensions in /opt/extensions.' },
  { code: 'InvalidRuntime', remedy: 'The function’s runtime is not supported any more.' },
  { code: 'InvalidZipFileException', remedy: 'The function’s code archive cannot be read: this is no image function.' },
]

const UNKNOWN =
  'Nothing is known here about this reason: see the function’s page in the Lambda console and the AWS documentation of the code.'

/** What to do about a reason code, in the light of AWS's own words. */
export function remedyFor(code: string | undefined, reason = ''): string {
  const row = REASONS.find((one) => one.code === code && (one.pattern?.test(reason) ?? true))
  return row?.remedy ?? UNKNOWN
}
