import { expect, it } from 'vitest'
import { commaItems, lineItems, quotableItems } from '../../src/inputs/list.ts'

it.each([
  ['a,b\nc', ['a', 'b', 'c']],
  [' a , \n\n# x, y\r\nb', ['a', 'b']],
])('separates %j by lines and commas', (text, items) => {
  expect(commaItems(text)).toEqual(items)
})

it('keeps commas within lines', () => {
  expect(lineItems('type=gha,mode=max\r\n  # no\n b ')).toEqual(['type=gha,mode=max', 'b'])
})

it.each<[string, string[] | undefined]>([
  ['', []],
  ['a=1\nb=2', ['a=1', 'b=2']],
  ['"a=1\n# 2\n\n3"\nb=4', ['a=1\n# 2\n\n3', 'b=4']],
  ['  "a=say ""hi"""  \r\nb', ['a=say "hi"', 'b']],
  ['a="kept"', ['a="kept"']],
  ['{"a": 1}', ['{"a": 1}']],
  ['"open', undefined],
  ['"a" trailing', undefined],
])('reads %j as quotable items', (text, items) => {
  expect(quotableItems(text)).toEqual(items)
})
