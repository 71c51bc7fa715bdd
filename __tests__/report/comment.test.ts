import { describe, expect, it } from 'vitest'
import type { Comments, IssueComment } from '../../src/ports/comments.ts'
import { COMMENT_CHARACTERS, mergeSection, upsertComment } from '../../src/report/comment.ts'

const BOT = 'github-actions[bot]'

function section(subject: string, text: string) {
  return { key: 'ci', subject, render: (budget: number) => text.slice(0, budget) }
}

/** An in-memory pull request; `onWrite` lets another job interfere. */
function pullRequest(initial: IssueComment[] = [], onWrite: (comments: IssueComment[]) => void = () => undefined) {
  const comments = [...initial]
  const writes: string[] = []
  const port: Comments = {
    list: async () => [...comments],
    create: async (body) => {
      const comment = { id: comments.length + 1, body, author: BOT, authorIsBot: true, url: `c${comments.length + 1}` }
      comments.push(comment)
      writes.push('create')
      onWrite(comments)
      return comment
    },
    update: async (id, body) => {
      const index = comments.findIndex((comment) => comment.id === id)
      const comment = { ...(comments[index] as IssueComment), body }
      comments[index] = comment
      writes.push('update')
      onWrite(comments)
      return comment
    },
    login: async () => BOT,
  }
  return { port, comments, writes }
}

describe('upsertComment', () => {
  it('creates, then updates in place, then leaves an equal body alone', async () => {
    const { port, comments, writes } = pullRequest()
    expect(await upsertComment(port, section('image/a/x86_64', 'one'))).toBe('c1')
    await upsertComment(port, section('image/a/x86_64', 'two'))
    await upsertComment(port, section('image/a/x86_64', 'two'))
    expect(writes).toEqual(['create', 'update'])
    expect(comments).toHaveLength(1)
    expect(comments[0]?.body).toContain('two')
    expect(comments[0]?.body).not.toContain('one')
  })

  it('replaces only its own section', async () => {
    const { port, comments } = pullRequest()
    await upsertComment(port, section('image/a/x86_64', 'intel'))
    await upsertComment(port, section('image/a/arm64', 'arm'))
    await upsertComment(port, section('image/a/x86_64', 'intel again'))
    expect(comments).toHaveLength(1)
    expect(comments[0]?.body).toMatch(/arm[\s\S]*intel again/)
  })

  it('does not believe a marker that somebody else wrote', async () => {
    const planted = mergeSection(undefined, section('image/a/x86_64', 'planted'))
    const { port, comments } = pullRequest([{ id: 1, body: planted, author: 'mallory', authorIsBot: false, url: 'c1' }])
    await upsertComment(port, section('image/a/x86_64', 'mine'))
    expect(comments.map((comment) => comment.author)).toEqual(['mallory', BOT])
  })

  it('writes again when another job took its section away', async () => {
    let once = true
    const { port, comments } = pullRequest([], (all) => {
      if (!once) return
      once = false
      all[0] = { ...(all[0] as IssueComment), body: mergeSection(undefined, section('image/a/arm64', 'arm')) }
    })
    await upsertComment(port, section('image/a/x86_64', 'intel'))
    expect(comments[0]?.body).toContain('intel')
    expect(comments[0]?.body).toContain('arm')
  })
})

it('keeps the body within the limit, whatever the other sections take', () => {
  const other = mergeSection(undefined, section('image/b/arm64', 'o'.repeat(40_000)))
  const body = mergeSection(other, section('image/a/x86_64', 'm'.repeat(80_000)))
  expect(body.length).toBeLessThanOrEqual(COMMENT_CHARACTERS + 10)
  expect(body).toContain('o'.repeat(40_000))
})

it('a subject cannot end its marker', () => {
  const body = mergeSection(undefined, section('image/--> <b>/x86_64', 'x'))
  expect(body).not.toContain('--> <b>')
  expect(mergeSection(body, section('image/--> <b>/x86_64', 'y'))).not.toContain('\nx\n')
})
