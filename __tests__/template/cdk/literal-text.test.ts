import { expect, it } from 'vitest'
import { literalText } from '../../../src/template/cdk/literal-text.ts'

const REGION = { Ref: 'AWS::Region' }

it.each([
  ['text', 'repository:tag', 'repository:tag'],
  ['Fn::Sub', { 'Fn::Sub': `a-\${AWS::Region}:tag` }, `a-\${AWS::Region}:tag`],
  [
    'Fn::Join',
    { 'Fn::Join': ['', ['a-', REGION, { 'Fn::Sub': `:\${AWS::AccountId}` }]] },
    `a-\${AWS::Region}:\${AWS::AccountId}`,
  ],
])('writes %s as asset manifests do', (_, value, expected) => {
  expect(literalText(value)).toBe(expected)
})

it.each([
  ['a parameter', { 'Fn::Join': ['', ['a', { Ref: 'Tag' }]] }],
  ['another separator', { 'Fn::Join': ['-', ['a', 'b']] }],
  ['a function', { 'Fn::Select': [0, ['a']] }],
  ['a join without parts', { 'Fn::Join': [''] }],
  ['nothing', undefined],
])('gives up on %s', (_, value) => {
  expect(literalText(value)).toBeUndefined()
})
