import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { annotationsOf } from '../../src/report/annotations.ts'
import { CONTROLS } from '../builders/harmless-markdown.ts'
import { hostileText } from '../builders/hostile.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const REPOSITORY = { workspace: '/home/runner/shop' }
const annotations = (...findings: ReturnType<typeof makeFinding>[]) =>
  annotationsOf(makeReport({ findings }), REPOSITORY)

describe('annotationsOf', () => {
  it('says what, where, expected, actual and the fix at the line that brought it in', () => {
    const [annotation] = annotations(makeFinding({ location: { file: 'app/Dockerfile', line: 9 } }))
    expect(annotation).toMatchObject({
      level: 'error',
      title: 'lambda-parity: symbol-version',
      place: { file: 'app/Dockerfile', line: 9 },
    })
    expect(annotation?.message.split('\n')).toEqual([
      '`addon.node` needs `GLIBC_2.38`, the image has up to `2.36`',
      'where: /var/task/node_modules/addon/addon.node',
      'expected: `GLIBC_2.36` or older',
      'actual: `GLIBC_2.38`',
      'fix: Build in the image that the function runs in.',
      'npm ci --os=linux --cpu=x64 --libc=glibc',
    ])
  })

  it.each([
    ['/home/runner/shop/app/Dockerfile', 'app/Dockerfile'],
    ['./app/../Dockerfile', 'Dockerfile'],
    ['../other/Dockerfile', undefined],
    ['/tmp/Dockerfile', undefined],
  ])('names %s by its path in the repository: %s', (file, path) => {
    expect(annotations(makeFinding({ location: { file, line: 1 } }))[0]?.place?.file).toBe(path)
  })

  it.each([
    ['error', 'error', 9],
    ['warning', 'warning', 7],
    ['note', 'notice', 10],
  ] as const)(
    'of level %s are at most as many as the runner takes, and say how many more there are',
    (level, as, most) => {
      const findings = Array.from({ length: 50 }, (_, index) => makeFinding({ level, subject: `/var/task/${index}` }))
      const all = annotations(...findings)
      expect(all).toHaveLength(most)
      expect(all.every((annotation) => annotation.level === as)).toBe(true)
      expect(all.at(-1)?.message).toContain(`${50 - most + 1} more findings`)
    },
  )

  it('leave out what is ignored or fixed', () => {
    expect(annotations(makeFinding({ ignored: 'known' }), makeFinding({ status: 'fixed' }))).toEqual([])
  })

  it('are cut below the runner’s limit', () => {
    expect(annotations(makeFinding({ message: 'x'.repeat(9_000) }))[0]?.message.length).toBeLessThan(4_096)
  })

  it('show those that stand at a line of the diff first', () => {
    const findings = Array.from({ length: 30 }, (_, index) =>
      makeFinding({
        subject: `/var/task/${index}`,
        ...(index === 29 ? { location: { file: 'Dockerfile', line: 3 } } : {}),
      }),
    )
    const [first, second] = annotations(...findings)
    expect(first?.place).toEqual({ file: 'Dockerfile', line: 3 })
    expect(second?.message).toContain('/var/task/0')
  })

  it('hold no address that GitHub would make a link of, and no half of a character', () => {
    const hostile = hostileText().map((text) => text || 'x')
    fc.assert(
      fc.property(hostile, hostile, fc.nat(4_200), (message, subject, length) => {
        const finding = makeFinding({ message: `${'😀'.repeat(length / 2)}${message}`, subject, help: message })
        for (const { message: text } of annotations(finding)) {
          expect(text).not.toMatch(/:\/\/|www\./i)
          expect(text.replaceAll('\n', '')).not.toMatch(CONTROLS)
          expect(text.isWellFormed()).toBe(true)
          expect(text.length).toBeLessThan(4_096)
        }
      }),
    )
  })
})
