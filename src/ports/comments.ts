export type IssueComment = {
  readonly id: number
  readonly body: string
  readonly author: string
  readonly authorIsBot: boolean
  readonly url: string
}

/** Comments of one pull request. Every method rejects with an ActionError; a refused write says which permission is missing. */
export interface Comments {
  /** Every page, oldest first. */
  list(): Promise<IssueComment[]>
  create(body: string): Promise<IssueComment>
  update(id: number, body: string): Promise<IssueComment>
  /** Login that this token writes as, or `undefined` when GitHub does not tell. */
  login(): Promise<string | undefined>
}
