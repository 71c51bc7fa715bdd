import { describe, expect, it } from 'vitest'
import { formatBody, parseBody } from '../../../src/report/comment/comment-body.ts'
import { type CommentSection, upsertComment } from '../../../src/report/comment/upsert-comment.ts'
import { BOT, fakePullRequest, makeComment } from '../../builders/comments.ts'
import { fakeClock } from '../../builders/ports.ts'

const COMMIT = 'aaaa000011112222333344445555666677778888'
const NEXT = 'bbbb000011112222333344445555666677778888'

function section(subject: string, text: string, commit?: string): CommentSection {
  return { key: 'ci', subject, render: (budget) => text.slice(0, budget), ...(commit === undefined ? {} : { commit }) }
}
const upsert = (port: Parameters<typeof upsertComment>[0], one: CommentSection, start = 1_000) =>
  upsertComment(port, one, { clock: fakeClock(start), random: () => 0 })
const bodyOf = (subject: string, text: string, at = 1) => formatBody('ci', [{ subject, at, text }])
const texts = (body = '') => parseBody(body).map(({ subject, text }) => `${subject}: ${text}`)

describe('one job', () => {
  it('creates, then updates in place, then leaves an equal text alone', async () => {
    const { port, comments, writes } = fakePullRequest()
    expect(await upsert(port, section('image/a/x86_64', 'one'))).toEqual({ url: 'c1', remarks: [] })
    await upsert(port, section('image/a/x86_64', 'two'), 2_000)
    await upsert(port, section('image/a/x86_64', 'two'), 3_000)
    expect(writes).toEqual(['create', 'update'])
    expect(comments.map(({ body }) => texts(body))).toEqual([['image/a/x86_64: two']])
  })

  it('replaces only its own section', async () => {
    const { port, comments } = fakePullRequest()
    await upsert(port, section('image/a/x86_64', 'intel'))
    await upsert(port, section('image/a/arm64', 'arm'), 2_000)
    await upsert(port, section('image/a/x86_64', 'intel again'), 3_000)
    expect(comments.map(({ body }) => texts(body))).toEqual([['image/a/arm64: arm', 'image/a/x86_64: intel again']])
  })

  it('leaves the comments of other keys alone', async () => {
    const other = makeComment(1, formatBody('nightly', [{ subject: 'image/a/x86_64', at: 1, text: 'other' }]))
    const { port, comments } = fakePullRequest([other])
    await upsert(port, section('image/a/x86_64', 'mine'))
    expect(comments[0]).toEqual(other)
    expect(comments).toHaveLength(2)
  })

  it.each([
    ['mallory', BOT],
    ['mallory', null],
    ['other-app[bot]', null],
  ])('does not touch a marker that %s planted (the token says it is %s)', async (author, login) => {
    const planted = makeComment(1, bodyOf('image/a/x86_64', 'planted'), { author })
    const { port, comments } = fakePullRequest([planted], { login })
    await upsert(port, section('image/a/x86_64', 'mine'))
    expect(comments[0]).toEqual(planted)
    expect(comments[1]?.author).toBe(BOT)
  })

  it('knows its own comment by the author that GitHub gives it, where nobody tells who the token is', async () => {
    const { port, comments, writes } = fakePullRequest([], { login: null })
    const create = async (body: string) => {
      const comment = { ...(await port.create(body)), author: 'release-bot' }
      comments.splice(0, 1, comment)
      return comment
    }
    await upsert({ ...port, create }, section('image/a/x86_64', 'mine'))
    expect(writes).toEqual(['create'])
  })

  it.each([
    ['other line ends', (body: string) => body.replaceAll('\n', '\r\n')],
    ['another white space', (body: string) => body.replace('mine', 'mine ')],
  ])('comes to rest when GitHub stores a text with %s', async (_, stored) => {
    const { port, comments, writes } = fakePullRequest([], {
      onWrite: (all) => all.splice(0, all.length, ...all.map((one) => ({ ...one, body: stored(one.body) }))),
    })
    await upsert(port, section('image/a/x86_64', 'mine'))
    expect(writes).toEqual(['create'])
    expect(texts(comments[0]?.body)[0]).toMatch(/^image.a.x86_64: mine/)
  })

  it('makes a new comment when somebody deletes it between reading and writing', async () => {
    const { port, comments, writes } = fakePullRequest([makeComment(1, bodyOf('image/a/x86_64', 'old'))])
    const list = port.list
    let reads = 0
    const racing = {
      ...port,
      list: async (since?: string) => {
        const all = await list(since)
        reads += 1
        if (reads === 1) comments.splice(0)
        return all
      },
    }
    expect(await upsert(racing, section('image/a/x86_64', 'new'))).toMatchObject({ url: 'c2' })
    expect(writes).toEqual(['create'])
    expect(texts(comments[0]?.body)).toEqual(['image/a/x86_64: new'])
  })

  it('shows a hidden comment again, and says so when it may not', async () => {
    const hidden = makeComment(1, bodyOf('image/a/x86_64', 'old'), { minimized: true })
    const allowed = fakePullRequest([hidden])
    const shown = await upsert(allowed.port, section('image/a/x86_64', 'new'))
    expect(allowed.comments[0]?.minimized).toBe(false)
    expect(shown.remarks).toEqual(['it was hidden and is shown again'])
    const { port } = fakePullRequest([hidden])
    const denied = await upsert({ ...port, reveal: async () => false }, section('image/a/x86_64', 'new'))
    expect(denied.remarks).toEqual(['it is hidden, and this token may not show it again'])
  })
})

describe('jobs at the same moment', () => {
  it('writes again when another job took its section away', async () => {
    let once = true
    const { port, comments } = fakePullRequest([], {
      onWrite: (all) => {
        if (!once) return
        once = false
        all[0] = makeComment(1, bodyOf('image/a/arm64', 'arm'))
      },
    })
    await upsert(port, section('image/a/x86_64', 'intel'))
    expect(texts(comments[0]?.body)).toEqual(['image/a/arm64: arm', 'image/a/x86_64: intel'])
  })

  it('restores a section that it has read and a third job lost', async () => {
    let once = true
    const { port, comments } = fakePullRequest([makeComment(1, bodyOf('image/a/arm64', 'arm'))], {
      onWrite: (all) => {
        if (!once) return
        once = false
        all[0] = makeComment(1, bodyOf('layer/b/arm64', 'third'))
      },
    })
    await upsert(port, section('image/a/x86_64', 'intel'))
    expect(texts(comments[0]?.body)).toEqual(['image/a/arm64: arm', 'image/a/x86_64: intel', 'layer/b/arm64: third'])
  })

  it('merges comments that were created beside each other into the oldest', async () => {
    let once = true
    const { port, comments, writes } = fakePullRequest([], {
      onWrite: (all) => {
        if (!once) return
        once = false
        all.push(makeComment(2, bodyOf('image/a/arm64', 'arm')))
      },
    })
    expect(await upsert(port, section('image/a/x86_64', 'intel'))).toMatchObject({ url: 'c1' })
    expect(comments.map(({ body }) => texts(body))).toEqual([['image/a/arm64: arm', 'image/a/x86_64: intel']])
    expect(writes).toEqual(['create', 'update', 'remove'])
  })

  it('gives up with an error that tells what to do when others never stop', async () => {
    const { port } = fakePullRequest([], {
      onWrite: (all) => all.splice(0, all.length, makeComment(1, bodyOf('image/a/arm64', `arm ${Math.random()}`))),
    })
    await expect(upsert(port, section('image/a/x86_64', 'intel'))).rejects.toMatchObject({
      code: 'conflict',
      help: expect.stringContaining('job summary'),
    })
  })
})

describe('a pull request that has changed meanwhile', () => {
  it.each([
    [{ state: 'open', headSha: COMMIT }, undefined],
    [{ state: 'merged', headSha: COMMIT }, 'The pull request was merged while this ran.'],
    [{ state: 'open', headSha: NEXT }, 'the pull request has moved on to `bbbb00001111`'],
  ] as const)('%j', async (state, said) => {
    const { port, comments } = fakePullRequest([], { state })
    const { remarks } = await upsert(port, section('image/a/x86_64', '### verdict\n\nrest', COMMIT))
    const text = parseBody(comments[0]?.body ?? '')[0]?.text ?? ''
    expect(text.split('\n')[0]).toBe('### verdict')
    if (said === undefined) expect([text, remarks]).toEqual(['### verdict\n\nrest', []])
    else expect([text, remarks.join()]).toEqual([expect.stringContaining(said), expect.stringContaining(said)])
  })

  it('keeps the report of the newer commit', async () => {
    const newer = formatBody('ci', [{ subject: 'image/a/x86_64', at: 1, commit: NEXT, text: 'newer' }])
    const { port, writes } = fakePullRequest([makeComment(1, newer)], { state: { state: 'open', headSha: NEXT } })
    const { remarks } = await upsert(port, section('image/a/x86_64', 'older', COMMIT))
    expect(writes).toEqual([])
    expect(remarks[0]).toBe('a later report of the same subject stands there')
  })
})
