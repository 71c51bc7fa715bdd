export type IssueComment = {
  readonly id: number
  /** GraphQL's name of it. */
  readonly nodeId: string
  readonly body: string
  readonly author: string
  readonly url: string
  /** ISO 8601, GitHub's clock. */
  readonly updatedAt: string
  /** Somebody has hidden it: readers see one grey line. */
  readonly minimized: boolean
}

/** What has become of the pull request while this run was at work. */
export type PullRequestState = { readonly state: 'open' | 'closed' | 'merged'; readonly headSha: string }

/**
 * Comments of one pull request. Methods reject with an ActionError; a refused write says which permission is missing.
 * Who writes to a comment that was deleted meanwhile is answered `undefined`.
 */
export interface Comments {
  /** Every page, oldest first; `since`: only those changed at that time or later. */
  list(since?: string): Promise<IssueComment[]>
  create(body: string): Promise<IssueComment>
  update(id: number, body: string): Promise<IssueComment | undefined>
  remove(id: number): Promise<void>
  /** Shows a minimised comment again; `false`: this token may not. */
  reveal(nodeId: string): Promise<boolean>
  /** Login that this token writes as, or `undefined` when GitHub does not tell. */
  login(): Promise<string | undefined>
  /** `undefined` when GitHub does not tell. */
  pullRequest(): Promise<PullRequestState | undefined>
}
