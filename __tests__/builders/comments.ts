import type { Comments, IssueComment, PullRequestState } from '../../src/ports/comments.ts'

export const BOT = 'github-actions[bot]'
const TIME = '2026-11-21T10:00:00Z'

/** A comment of the runner's bot. */
export function makeComment(id: number, body: string, overrides: Partial<IssueComment> = {}): IssueComment {
  return {
    ...{ id, nodeId: `IC_${id}`, body, author: BOT, url: `c${id}`, updatedAt: TIME, minimized: false },
    ...overrides,
  }
}

export type FakePullRequest = {
  readonly port: Comments
  /** As they stand; a test may change them. */
  readonly comments: IssueComment[]
  /** Names of the writes, in order. */
  readonly writes: string[]
}

/** The comments of a pull request in memory; `onWrite` lets another job interfere. */
export function fakePullRequest(
  initial: readonly IssueComment[] = [],
  options: { state?: PullRequestState; login?: string | null; onWrite?: (comments: IssueComment[]) => void } = {},
): FakePullRequest {
  const comments = [...initial]
  const writes: string[] = []
  let lastId = Math.max(0, ...initial.map(({ id }) => id))
  const written = (name: string) => {
    writes.push(name)
    options.onWrite?.(comments)
  }
  const port: Comments = {
    list: async () => [...comments],
    create: async (body) => {
      lastId += 1
      const comment = makeComment(lastId, body)
      comments.push(comment)
      written('create')
      return comment
    },
    update: async (id, body) => {
      const index = comments.findIndex((comment) => comment.id === id)
      const before = comments[index]
      if (before === undefined) return undefined
      const comment = { ...before, body }
      comments[index] = comment
      written('update')
      return comment
    },
    remove: async (id) => {
      const index = comments.findIndex((comment) => comment.id === id)
      if (index >= 0) comments.splice(index, 1)
      written('remove')
    },
    reveal: async (nodeId) => {
      const index = comments.findIndex((comment) => comment.nodeId === nodeId)
      const before = comments[index]
      if (before !== undefined) comments[index] = { ...before, minimized: false }
      writes.push('reveal')
      return true
    },
    login: async () => (options.login === null ? undefined : (options.login ?? BOT)),
    pullRequest: async () => options.state,
  }
  return { port, comments, writes }
}
