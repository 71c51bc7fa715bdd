/** The GitHub run as plain data, from the environment and the event file. Outside of Actions most of it is absent. */
export type Context = {
  readonly eventName?: string
  readonly repository?: { readonly owner: string; readonly name: string }
  readonly serverUrl: string
  readonly apiUrl: string
  readonly workflow?: string
  readonly actionId: string
  readonly runUrl?: string
  /** Commit that is being built: the pull request's head, else GITHUB_SHA. */
  readonly commit?: string
  readonly pullRequest?: { readonly number: number; readonly isFork: boolean; readonly headSha: string }
  readonly temporaryDirectory: string
  readonly toolCache: string
  readonly workspace: string
}
