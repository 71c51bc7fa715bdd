import type { IssueComment } from '../../ports/comments.ts'
import { keyMarker } from './comment-body.ts'

const ACTIONS_BOT = 'github-actions[bot]'

/**
 * Comments of a key that this token's account wrote, oldest first. Anybody can write our marker, and a token that writes
 * can edit what others wrote: the author is what tells. Where GitHub does not say who the token is, only the runner's own bot counts.
 */
export function ownComments(comments: readonly IssueComment[], key: string, login: string | undefined): IssueComment[] {
  const author = login ?? ACTIONS_BOT
  return comments
    .filter((comment) => comment.author === author && comment.body.startsWith(keyMarker(key)))
    .toSorted((one, other) => one.id - other.id)
}
