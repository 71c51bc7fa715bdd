import type { PullRequestState } from '../../ports/comments.ts'
import { code } from '../escape.ts'

/** What a reader must know when the pull request is not what it was when the run began; else `undefined`. Pure. */
export function pullRequestNote(state: PullRequestState | undefined, commit: string | undefined): string | undefined {
  if (state === undefined) return undefined
  const closed = state.state === 'open' ? [] : [`The pull request was ${state.state} while this ran.`]
  const moved =
    commit === undefined || commit === state.headSha
      ? []
      : [`This is about commit ${code(short(commit))}; the pull request has moved on to ${code(short(state.headSha))}.`]
  const said = [...closed, ...moved]
  return said.length === 0 ? undefined : said.join(' ')
}

/** The note stands below the verdict, which stays the first line. */
export function withNote(text: string, note: string | undefined): string {
  if (note === undefined) return text
  const [verdict = '', ...rest] = text.split('\n')
  return [verdict, '', `> ⏱ ${note}`, ...(rest[0] === '' ? [] : ['']), ...rest].join('\n')
}

function short(commit: string): string {
  return commit.slice(0, 12)
}
