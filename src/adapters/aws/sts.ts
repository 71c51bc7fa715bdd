import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Sts } from '../../ports/sts.ts'
import { type AwsOptions, clientOptions } from './client-options.ts'
import { send } from './send.ts'

export function stsAdapter(options: AwsOptions): Sts {
  const client = new STSClient(clientOptions(options))
  return {
    async callerIdentity() {
      const { Account, Arn } = await send(
        { action: 'sts:GetCallerIdentity', resource: 'the caller' },
        options,
        (sending) => client.send(new GetCallerIdentityCommand(), sending),
      )
      return { account: Account ?? '', arn: Arn ?? '' }
    },
  }
}
