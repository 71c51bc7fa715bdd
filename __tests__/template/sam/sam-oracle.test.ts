import { describe, expect, it } from 'vitest'
import { caseName, SAM_CASES } from './sam-cases.ts'
import { keptAnswers } from './sam-oracle.ts'
import { ourView, samView } from './sam-view.ts'

// Where SAM CLI's local emulation is not what CloudFormation documents; there this action follows CloudFormation.
const SAM_DEVIATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // `${!Name}` is `${Name}`; SAM CLI leaves the exclamation mark.
  'json-template.json': { SUB: 'y/test/${Literal}' },
  'sub-forms.yaml': { LITERAL: '${NotReplaced} shop' },
  // SAM CLI gives up on an Fn::If of which one side is AWS::NoValue.
  'no-value.yaml': { SOMETIMES: 'debug' },
}

const answers = keptAnswers()

describe('the same functions and layers, with the same properties, as SAM CLI', () => {
  it('sees in at least forty templates', () => {
    expect(SAM_CASES.length).toBeGreaterThanOrEqual(40)
    expect(answers).toHaveLength(SAM_CASES.length)
  })

  it.each(SAM_CASES.map((one, index) => [caseName(one), one, index] as const))('%s', (name, one, index) => {
    const answer = answers[index]
    const seen = answer === undefined ? {} : samView(answer)
    const ours = ourView(one)
    for (const [variable, text] of Object.entries(SAM_DEVIATES[name] ?? {})) {
      for (const view of Object.values(ours)) expect((view.environment as Record<string, string>)[variable]).toBe(text)
      for (const view of [...Object.values(ours), ...Object.values(seen)])
        delete (view.environment as Record<string, string>)[variable]
    }
    expect(Object.keys(ours).length).toBeGreaterThan(0)
    expect(ours).toEqual(seen)
  })
})
