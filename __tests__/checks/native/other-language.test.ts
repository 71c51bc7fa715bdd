import { expect, it } from 'vitest'
import { otherLanguage } from '../../../src/checks/native/other-language.ts'
import { builtIn, makeBuildStage } from '../../builders/build-stage.ts'
import { makeEvidence } from '../../builders/evidence.ts'
import { makePlan } from '../../builders/plan.ts'
import { makeSubject } from '../../builders/subject.ts'

function builtWith(build: string, runs: string) {
  const artifact = makeEvidence({ tools: { python: runs } })
  return builtIn({ ...makeBuildStage([]), tools: { python: build } }, makeSubject({ artifact }))
}

it('names the line of the stage that has another version, and what it should start from', () => {
  expect(otherLanguage('python', '3.12', builtWith('3.12.4', '3.11.9'))).toBe(
    "The build stage `build` (line 1) has Python 3.12: let it start from the final stage's base, and all that it installs fits.\nFROM public.ecr.aws/lambda/nodejs:22 AS build",
  )
})

it.each([
  ['the stage has another version than the file', '3.12', builtWith('3.10', '3.11')],
  ['a version only begins alike', '3.1', builtWith('3.12', '3.11')],
  ['the function has it too', '3.12', builtWith('3.12', '3.12.1')],
  ['no stage was read', '3.12', makeSubject({ artifact: makeEvidence({ tools: { python: '3.11' } }) })],
  ['a layer is built by what was given', '3.12', { ...builtWith('3.12', '3.11'), plan: makePlan({ kind: 'layer' }) }],
])('says nothing when %s', (_, version, subject) => {
  expect(otherLanguage('python', version, subject)).toBeUndefined()
})
