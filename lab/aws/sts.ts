import type { GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts'
import type { Operations, Output } from './operations.ts'

export function stsOperations(accountId: string): Operations {
  return {
    GetCallerIdentity: (): Output<GetCallerIdentityCommandOutput> => ({
      Arn: `arn:aws:sts::${accountId}:assumed-role/ci/lambda-parity`,
      UserId: 'AROASTANDINSTANDIN000:lambda-parity',
      Account: accountId,
    }),
  }
}
