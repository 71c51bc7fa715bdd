import { expect, it } from 'vitest'
import { constructPaths, namedConstruct, nestedStackPath } from '../../../src/template/cdk/construct-paths.ts'

const entry = (data: unknown, type = 'aws:cdk:logicalId') => [{ type, data }]

it('knows logical ids that two templates of a stack have in common', () => {
  const paths = constructPaths({
    '/Stack/Fn/Resource': entry('Fn1'),
    '/Stack/Nested/Fn/Resource': entry('Fn1'),
    '/Stack/Nested/Deep/Fn/Resource': entry('Fn1'),
    '/Stack/Nested.NestedStack/Nested.NestedStackResource': entry('Nested1'),
    '/Stack/Nested/Deep.NestedStack/Deep.NestedStackResource': entry('Deep1'),
    '/Stack/NestedButNot/Fn': entry('Other'),
    '/Stack/Note': entry('some text', 'aws:cdk:info'),
    '/Stack/Odd': entry({ Ref: 'x' }),
  })
  expect(paths.of('Fn1')).toBe('Stack/Fn/Resource')
  expect(paths.of('Fn1', 'Stack/Nested')).toBe('Stack/Nested/Fn/Resource')
  expect(paths.of('Fn1', 'Stack/Nested/Deep')).toBe('Stack/Nested/Deep/Fn/Resource')
  expect(paths.of('Deep1', 'Stack/Nested')).toBe('Stack/Nested/Deep.NestedStack/Deep.NestedStackResource')
  expect(paths.of('Other')).toBe('Stack/NestedButNot/Fn')
  expect(paths.of('some text')).toBeUndefined()
})

it.each([
  ['Stack/Nested.NestedStack/Nested.NestedStackResource', 'Stack/Nested'],
  ['Stack/A.NestedStack/B.NestedStackResource', undefined],
  ['Stack/Nested/Resource', undefined],
])('of %s the nested stack is %s', (path, expected) => {
  expect(nestedStackPath(path)).toBe(expected)
})

it('names the construct that holds the resource', () => {
  expect(namedConstruct('Stack/Fn/Resource')).toBe('Stack/Fn')
  expect(namedConstruct('Stack/Resources/Fn')).toBe('Stack/Resources/Fn')
})
