import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/inputs/problem.ts'
import { conflicts } from '../../src/plan/conflicts.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'

const ECR = '123456789012.dkr.ecr.us-east-1.amazonaws.com/app:v1'
const of = (texts: InputTexts, context = makeContext(), credentials: 'found' | 'none' = 'none') => {
  const { problems, warnings } = conflicts(read(texts).inputs, context, credentials)
  return { problems: problems.map(describeProblem), warnings }
}

describe('conflicts', () => {
  it.each<[InputTexts, RegExp]>([
    [{ publish: 'always' }, /`repository`: It is needed to publish/],
    [{ publish: 'always', image: 'app:1' }, /`repository`: It is needed to publish/],
    [
      { 'function-name': 'arn:aws:lambda:us-east-1:123456789012:function:f' },
      /Its region is not that of the run, eu-west-1. Set `aws-region: us-east-1`/,
    ],
    [{ image: ECR }, /Its registry is in us-east-1, the run in eu-west-1/],
    [{ 'ca-bundle': 'ca.pem', secrets: 'ca-bundle=x' }, /The id `ca-bundle` is taken/],
  ])('refuses %j', (texts, message) => {
    expect(of(texts).problems.join('\n')).toMatch(message)
  })

  it('asks for tags when something is published and there is no commit', () => {
    const { commit: _none, ...context } = makeContext()
    expect(of({ publish: 'always', repository: 'app' }, context).problems).toEqual([
      expect.stringContaining('`tags`: None is given'),
    ])
    expect(of({ publish: 'always', repository: 'app', tags: 'v1' }, context).problems).toEqual([])
  })

  it('asks for a region only when publishing is certain', () => {
    const { region: _, ...context } = makeContext()
    expect(of({ publish: 'always', repository: 'app' }, context).problems.join()).toMatch(/No region is given/)
    expect(of({ repository: 'app' }, context).problems).toEqual([])
    expect(of({ repository: 'app' }, context, 'found').problems.join()).toMatch(/No region is given/)
    expect(of({}, context, 'found').problems).toEqual([])
  })

  it.each<[InputTexts, string[]]>([
    [{ image: 'app:1', file: 'x', secrets: 'a=b', pull: 'true' }, ['file', 'secrets']],
    [{ smoke: 'false', 'smoke-event': '{"a":1}', timeout: '5' }, ['smoke-event']],
    [{ 'smoke-suite': 's.yml', 'smoke-expect': '1', 'smoke-event': '{"a":1}' }, ['smoke-expect']],
    [{ tags: 'v1', 'create-repository': 'true' }, ['create-repository', 'tags']],
    [{ role: 'arn:aws:iam::123456789012:role/r', alias: 'live' }, ['role', 'alias']],
    [{ 'verify-invoke': 'true' }, ['verify-invoke']],
    [
      { smoke: 'false', 'smoke-event': '{"a":1}', 'smoke-env': 'KEY=x', 'function-name': 'f', 'verify-invoke': 'true' },
      ['smoke-env'],
    ],
    [{ comment: 'false', 'comment-key': 'x' }, ['comment-key']],
    [{ image: ECR, 'aws-region': 'us-east-1', tags: 'v1' }, []],
  ])('says which of %j have no effect', (texts, names) => {
    const warnings = of(texts).warnings.map((warning) => /^`([^`]+)` has no effect: /.exec(warning)?.[1])
    expect(new Set(warnings)).toEqual(new Set(names))
  })

  it('says that a qualifier is left out', () => {
    expect(of({ 'function-name': 'f:live' }).warnings).toEqual([
      expect.stringMatching(/qualifier `live`, which is left out/),
    ])
    expect(of({ 'function-name': 'f:$LATEST' }).warnings).toEqual([])
  })

  it('lets an image stay in another region when nothing is published', () => {
    expect(of({ image: ECR, publish: 'never' }).problems).toEqual([])
    expect(of({ image: ECR, repository: 'app' }).problems).toEqual([])
  })

  it('has nothing to say of the plain case', () => {
    const texts = { repository: 'app', 'function-name': 'f', 'publish-version': 'true', tags: 'v1' }
    expect(of(texts)).toEqual({ problems: [], warnings: [] })
  })
})
