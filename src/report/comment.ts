import type { Comments, IssueComment } from '../ports/comments.ts'

/** Characters of a comment's body; GitHub refuses more than 65,536 (422). */
export const COMMENT_CHARACTERS = 65_000
const MERGE_ATTEMPTS = 5

export type CommentSection = {
  /** One comment per pull request and key. */
  readonly key: string
  /** `<kind>/<name>/<architecture>`: a job replaces only its own section. */
  readonly subject: string
  /** The section's Markdown in at most `budget` characters. */
  readonly render: (budget: number) => string
}

/**
 * Writes this run's section into the comment of its key and returns the comment's URL. GitHub has no compare-and-swap:
 * after writing, the comment is read again and, when another job's write took the section away, merged and written again.
 */
export async function upsertComment(comments: Comments, section: CommentSection): Promise<string> {
  const login = await comments.login()
  let own: IssueComment | undefined
  for (let attempt = 0; attempt < MERGE_ATTEMPTS; attempt++) {
    own = findOwn(await comments.list(), section.key, login)
    const body = mergeSection(own?.body, section)
    if (own !== undefined && own.body === body) return own.url
    own = own === undefined ? await comments.create(body) : await comments.update(own.id, body)
  }
  return own?.url ?? ''
}

/** The oldest comment that carries the key's marker and was written by this token's user, so that nobody can plant one. */
export function findOwn(
  comments: readonly IssueComment[],
  key: string,
  login: string | undefined,
): IssueComment | undefined {
  return comments.find(
    (comment) =>
      comment.body.startsWith(keyMarker(key)) && (login === undefined ? comment.authorIsBot : comment.author === login),
  )
}

/** The comment's new body: other sections as they stand, this one replaced or added, everything within GitHub's limit. */
export function mergeSection(body: string | undefined, section: CommentSection): string {
  const others = parseSections(body ?? '').filter((one) => one.subject !== section.subject)
  const taken = others.reduce((sum, one) => sum + one.text.length, keyMarker(section.key).length)
  const markers = wrap(section.subject, '').length + 4
  const text = wrap(section.subject, section.render(COMMENT_CHARACTERS - taken - markers))
  const sections = [...others, { subject: section.subject, text }].sort((one, other) =>
    one.subject < other.subject ? -1 : 1,
  )
  return [keyMarker(section.key), ...sections.map((one) => one.text)].join('\n')
}

function parseSections(body: string): { subject: string; text: string }[] {
  const pattern = /<!-- lambda-parity section=(\S*) -->\n[\s\S]*?\n<!-- lambda-parity end=\1 -->/g
  return [...body.matchAll(pattern)].map(([text, subject = '']) => ({ subject: decodeURIComponent(subject), text }))
}

function wrap(subject: string, text: string): string {
  const id = encode(subject)
  return `<!-- lambda-parity section=${id} -->\n${text}\n<!-- lambda-parity end=${id} -->`
}

function keyMarker(key: string): string {
  return `<!-- lambda-parity key=${encode(key)} -->`
}

/** Percent-encoded, hyphens too: two in a row would end an HTML comment. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('-', '%2D')
}
