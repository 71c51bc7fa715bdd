import { type DefaultProviderInit, defaultProvider } from '@aws-sdk/credential-provider-node'
import type { Credentials } from '../../ports/credentials.ts'

/** Resolves to credentials, the same until shortly before they expire. */
export type AwsCredentials = ReturnType<typeof defaultProvider>

export type CredentialChain = Credentials & {
  /** For every client of the run, so that what was found is what is used. */
  readonly provider: AwsCredentials
}

/** The SDK's default chain: environment, shared files and SSO, process, web identity (OIDC), container, instance metadata. */
export function credentialChain(
  environment: NodeJS.ProcessEnv = process.env,
  options: DefaultProviderInit = {},
): CredentialChain {
  const provider = defaultProvider(options)
  return {
    provider: (properties) => provider(properties),
    async find({ askInstanceMetadata }) {
      // The chain's own switch, read when its turn comes. It stays set: no client of this run may ask later either.
      if (!askInstanceMetadata) environment.AWS_EC2_METADATA_DISABLED = 'true'
      try {
        await provider()
        return 'found'
      } catch {
        return 'none'
      }
    },
  }
}
