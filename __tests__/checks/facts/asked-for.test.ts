import { expect, it } from 'vitest'
import { askedFor } from '../../../src/checks/facts/asked-for.ts'
import { findRuntime } from '../../../src/lambda/runtimes.ts'
import { makeEvidence } from '../../builders/evidence.ts'
import { makePlan } from '../../builders/plan.ts'
import { makeFinding } from '../../builders/report.ts'
import { makeSubject } from '../../builders/subject.ts'

const DOCKERFILE = 'FROM python:3.11 AS build\nRUN pip install --python-version 3.12 --target /deps lxml\nFROM x\n'
const python311 = findRuntime('python3.11')
if (python311 === undefined) throw new Error('python3.11 has no row')
const subject = makeSubject({
  artifact: makeEvidence({ tools: { python: '3.11.9' } }),
  runtimes: [],
  plan: makePlan({ runtime: python311, dockerfile: DOCKERFILE }),
})
const tag = makeFinding({ rule: 'python-extension-tag', level: 'error', owner: 'pkg:pypi/lxml', help: 'Install it.' })

it('names the line that asks for another system before the fix', () => {
  const [finding] = askedFor([tag], subject)
  expect(finding?.help).toBe(
    'Line 2 of the Dockerfile asks for it (`--python-version 3.12`): correct that line. Install it.',
  )
})

it.each([
  ['another rule', { ...tag, rule: 'missing-library' }],
  ['a package of another installer', { ...tag, owner: 'pkg:npm/sharp' }],
  ['a note', { ...tag, level: 'note' as const }],
])('says nothing of %s', (_, finding) => expect(askedFor([finding], subject)).toEqual([finding]))
