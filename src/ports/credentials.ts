export type FindCredentials = {
  /** Also ask the instance metadata service (IMDS), which answers only after seconds where there is none. */
  readonly askInstanceMetadata: boolean
}

/** AWS credentials as the SDK's default provider chain sees them. */
export interface Credentials {
  /**
   * Whether the chain finds any; `found` means resolvable, not valid. Never rejects: a provider that cannot be used
   * (a profile without keys, an OIDC token that cannot be read) is one that finds nothing.
   */
  find(options: FindCredentials): Promise<'found' | 'none'>
}
