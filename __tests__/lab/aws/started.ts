import { randomBytes } from 'node:crypto'
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { STSClient } from '@aws-sdk/client-sts'
import { type AwsOptions, type AwsStandIn, startAws } from '../../../lab/aws/stand-in.ts'
import { labRegistry } from './lab-registry.ts'
import type { Push } from './tiny-image.ts'

export const ROLE = 'arn:aws:iam::123456789012:role/lambda-role'

export type Started = {
  readonly aws: AwsStandIn
  readonly ecr: ECRClient
  readonly lambda: LambdaClient
  readonly s3: S3Client
  readonly sts: STSClient
  /** A place in ECR's data plane, authorised by a fresh token. */
  push(repository: string, reference: string): Promise<Push>
  [Symbol.asyncDispose](): Promise<void>
}

/** A stand-in of its own on the lab's registry, with SDK clients that try once. */
export async function started(options: Partial<AwsOptions> = {}): Promise<Started> {
  const aws = await startAws({ registry: await labRegistry(), ...options })
  const client = {
    region: aws.region,
    endpoint: aws.endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIASTANDIN', secretAccessKey: 'secret' },
  }
  const ecr = new ECRClient(client)
  return {
    aws,
    ecr,
    lambda: new LambdaClient(client),
    s3: new S3Client(client),
    sts: new STSClient(client),
    async push(repository, reference) {
      const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}))
      const authorization = `Basic ${authorizationData?.[0]?.authorizationToken}`
      return { host: aws.registryHost, authorization, repository, reference }
    },
    [Symbol.asyncDispose]: () => aws.stop(),
  }
}

/** Repositories outlive a test in the lab's registry: each test takes a name nobody else has. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`
}
