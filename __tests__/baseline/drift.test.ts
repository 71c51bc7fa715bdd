import { expect, it } from 'vitest'
import type { Baseline } from '../../src/baseline/baseline.ts'
import { driftNotes } from '../../src/baseline/drift.ts'
import type { Environment } from '../../src/report/report.ts'

const digest = (digit: string) => `sha256:${digit.repeat(64)}`
const TAG = 'public.ecr.aws/lambda/nodejs:20'

function column(reference: string, hex: string | undefined, release: string): Environment {
  const os = { id: 'amzn', versionId: '2023', prettyName: `Amazon Linux ${release}`, release }
  return { reference, ...(hex && { digest: digest(hex) }), os, tools: {}, source: 'scanned' }
}

function drift(before: Environment, after: Environment) {
  const baseline: Baseline = {
    findings: [],
    notChecked: [],
    cases: [],
    silent: new Set(),
    environments: {
      runtime: {
        reference: before.reference,
        ...(before.digest && { digest: before.digest }),
        ...(before.os && { os: before.os }),
      },
    },
    reported: { source: 'report', reference: 'old.json', createdAt: '2026-10-31T10:00:00.000Z' },
  }
  return driftNotes({ runtime: after }, baseline)
}

it('is a note that names both images and both releases', () => {
  const [note] = drift(column(TAG, 'a', '2023.6.20241031'), column(TAG, 'b', '2023.6.20250107'))
  expect(note).toMatchObject({ rule: 'floating-tag', level: 'note', subject: TAG, actual: `\`${digest('b')}\`` })
  expect(note?.message).toContain('since 2026-10-31 (2023.6.20241031 became 2023.6.20250107)')
  expect(note?.help).toContain(`\npublic.ecr.aws/lambda/nodejs@${digest('b')}`)
})

it.each([
  ['the same image', column(TAG, 'a', '1'), column(TAG, 'a', '1')],
  ['another tag, which somebody chose', column(TAG, 'a', '1'), column(`${TAG}-arm64`, 'b', '2')],
  ['a digest that is not known', column(TAG, undefined, '1'), column(TAG, 'b', '2')],
])('there is none for %s', (_, before, after) => expect(drift(before, after)).toEqual([]))
