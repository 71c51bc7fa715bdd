import { describe, expect, it } from 'vitest'
import { ignoringLine, keptOut } from '../../../src/checks/facts/docker-ignore.ts'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { makePlan } from '../../builders/plan.ts'
import { makeSubject } from '../../builders/subject.ts'

const NAME = 'orjson/orjson.cpython-311-x86_64-linux-gnu.so'

describe('ignoringLine', () => {
  it.each([
    ['a pattern for any depth', '.git\n**/*.so\n', 2],
    ['a folder', '# built by CI\n/orjson/\n', 2],
    ['the last of several', '**/*.so\norjson\n', 2],
  ])('finds %s', (_, text, line) => {
    expect(ignoringLine([NAME], text)?.line).toBe(line)
  })

  it.each([
    ['a pattern for the top level alone', '*.so'],
    ['what is taken back', '**/*.so\n!**/orjson/*.so'],
    ['everything: what is taken back may bear another name', '*\n!vendor'],
    ['a comment', '#**/*.so'],
    ['another file', '**/*.pyc'],
  ])('passes over %s', (_, text) => {
    expect(ignoringLine([NAME], text)).toBeUndefined()
  })
})

it('keptOut names the line and takes it out', () => {
  const ignoreFile = { path: 'app/.dockerignore', text: '.git\r\n**/*.so\r\n' }
  const subject = makeSubject({ plan: makePlan({ ignoreFile }) })
  const [view] = runtimeViews(subject)
  if (view === undefined) throw new Error('an image has a view')
  expect(keptOut([`/var/task/${NAME}`], subject, view)).toBe(
    'Line 2 of `app/.dockerignore` (`**/*.so`) keeps it out of the build: remove or narrow it.\nsed -i 2d app/.dockerignore',
  )
  expect(keptOut([`/usr/lib/${NAME}`], subject, view)).toBeUndefined()
})
