import type { Credentials } from '../../ports/credentials.ts'
import type { Ecr } from '../../ports/ecr.ts'
import type { FunctionInvocations } from '../../ports/function-invocations.ts'
import type { LambdaApi } from '../../ports/lambda-api.ts'
import type { LayerApi } from '../../ports/layer-api.ts'
import type { S3 } from '../../ports/s3.ts'
import type { Sts } from '../../ports/sts.ts'
import { type CredentialChain, credentialChain } from './credentials.ts'
import { ecrAdapter } from './ecr.ts'
import { functionInvocationsAdapter } from './function-invocations.ts'
import { lambdaAdapter } from './lambda-api.ts'
import { layerAdapter } from './layer-api.ts'
import { s3Adapter } from './s3.ts'
import { stsAdapter } from './sts.ts'

/** A client is made when it is asked for, once its region is known: most runs of a pull request use none. */
export type Aws = {
  readonly credentials: Credentials
  readonly ecr: (region: string) => Ecr
  readonly lambda: (region: string) => LambdaApi
  readonly functionInvocations: (region: string) => FunctionInvocations
  readonly layers: (region: string) => LayerApi
  readonly s3: (region: string) => S3
  readonly sts: (region: string) => Sts
}

/** The AWS services of one run, all with the same credentials; calls of a cancelled run reject with the signal's reason. */
export function aws(signal: AbortSignal, chain: CredentialChain = credentialChain()): Aws {
  const options = (region: string) => ({ region, credentials: chain.provider, signal })
  return {
    credentials: chain,
    ecr: (region) => ecrAdapter(options(region)),
    lambda: (region) => lambdaAdapter(options(region)),
    functionInvocations: (region) => functionInvocationsAdapter(options(region)),
    layers: (region) => layerAdapter(options(region)),
    s3: (region) => s3Adapter(options(region)),
    sts: (region) => stsAdapter(options(region)),
  }
}
