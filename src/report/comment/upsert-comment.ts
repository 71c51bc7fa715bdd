import { ActionError } from '../../errors.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Comments, IssueComment } from '../../ports/comments.ts'
import { formatBody, parseBody, type Section } from './comment-body.ts'
import { mergeSections } from './merge-sections.ts'
import { ownComments } from './own-comments.ts'
import { pullRequestNote, withNote } from './pull-request-note.ts'
import { settleTime } from './settle-time.ts'
import { COMMENT_CHARACTERS, shareRoom } from './share-room.ts'

/** Often enough for a matrix of dozens of jobs that end at the same moment. */
const ROUNDS = 12

export type CommentSection = {
  /** One comment per pull request and key. */
  readonly key: string
  /** `<kind>/<name>/<architecture>`: a job replaces only its own section. */
  readonly subject: string
  readonly commit?: string
  /** The section's Markdown in at most `budget` characters. */
  readonly render: (budget: number) => string
}

export type Posted = {
  readonly url: string
  /** What a reader of the log should know beside it. */
  readonly remarks: readonly string[]
}

/**
 * Writes this run's section into the comment of its key. GitHub has no compare-and-swap: after writing, the comments are
 * read again, and when another job's write took a section away or a second comment appeared, merged and written again,
 * until a reading shows every section in one comment. @throws ActionError `access-denied`, `conflict` after too many rounds
 */
export async function upsertComment(
  comments: Comments,
  section: CommentSection,
  { clock, random = Math.random }: { readonly clock: Clock; readonly random?: () => number },
): Promise<Posted> {
  const { key } = section
  const pace = settleTime(clock, random)
  const [told, state, all] = await Promise.all([comments.login(), comments.pullRequest(), comments.list()])
  const note = pullRequestNote(state, section.commit)
  const mine = {
    subject: section.subject,
    at: Math.floor(clock.now()),
    ...(section.commit && { commit: section.commit }),
  }
  const render = (budget: number) => withNote(section.render(budget - (note === undefined ? 0 : note.length + 8)), note)
  const isLater = ({ at, commit }: Section) =>
    at > mine.at || (commit !== undefined && commit === state?.headSha && commit !== section.commit)
  const says = ({ text }: Section) => text === render(COMMENT_CHARACTERS)

  let login = told
  let found = ownComments(all, key, login)
  // Whatever this run has read of other jobs is restored when a write of a third one loses it.
  let known: readonly Section[] = []
  for (let round = 0; round < ROUNDS; round++) {
    known = mergeSections([...found.flatMap(({ body }) => parseBody(body)), ...known])
    const before = known.find(({ subject }) => subject === mine.subject)
    const stands = before !== undefined && (before.at === mine.at || isLater(before) || says(before))
    const others = known.filter(({ subject }) => stands || subject !== mine.subject)
    const body = formatBody(key, shareRoom(key, others, stands ? undefined : { ...mine, render }))
    const [first, ...duplicates] = found
    const complete = first !== undefined && stands && holds(first, known)
    if (complete && duplicates.length === 0) {
      const later = before !== undefined && isLater(before) ? ['a later report of the same subject stands there'] : []
      return {
        url: first.url,
        remarks: [...later, ...(note === undefined ? [] : [note]), ...(await reveal(comments, first))],
      }
    }
    // Only when a reading has shown everything in the first one.
    if (complete) await Promise.all(duplicates.map(({ id }) => comments.remove(id)))
    const written = complete ? first : await pace.timed(write(comments, first, body))
    known = mergeSections([...known, ...parseBody(body)])
    // What GitHub did not tell it shows: who has written this one.
    login ??= written?.author
    const author = login
    await pace.settle()
    found = await pace.timed(
      readAgain(comments, written, duplicates.length === 0, (list) => ownComments(list, key, author)),
    )
  }
  throw new ActionError('conflict', `Other jobs kept changing the comment; it was written ${ROUNDS} times.`, {
    help: 'The report stands in the job summary. Run the job again to have its section in the comment.',
  })
}

/** By what the sections say of themselves: GitHub may store a text otherwise than it was sent. */
function holds(comment: IssueComment, sections: readonly Section[]): boolean {
  const there = parseBody(comment.body)
  return sections.every(({ subject, at }) => there.some((one) => one.subject === subject && one.at === at))
}

function write(comments: Comments, to: IssueComment | undefined, body: string): Promise<IssueComment | undefined> {
  return to === undefined ? comments.create(body) : comments.update(to.id, body)
}

/** What has changed since our write is enough, one page, unless there were older comments of ours beside it. */
async function readAgain(
  comments: Comments,
  written: IssueComment | undefined,
  alone: boolean,
  own: (list: readonly IssueComment[]) => IssueComment[],
): Promise<IssueComment[]> {
  if (written !== undefined && alone) {
    const changed = own(await comments.list(minuteBefore(written.updatedAt)))
    if (changed.some(({ id }) => id === written.id)) return changed
  }
  return own(await comments.list())
}

async function reveal(comments: Comments, { minimized, nodeId }: IssueComment): Promise<string[]> {
  if (!minimized) return []
  const shown = await comments.reveal(nodeId)
  return [shown ? 'it was hidden and is shown again' : 'it is hidden, and this token may not show it again']
}

/** Second comments that were made at the same moment are among what has changed since then. */
function minuteBefore(time: string): string {
  return new Date(Date.parse(time) - 60_000).toISOString()
}
