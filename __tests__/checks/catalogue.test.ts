import { expect, it } from 'vitest'
import { CATALOGUE, KNOWN_RULES } from '../../src/checks/catalogue.ts'

it('repeats no rule', () => {
  expect(new Set(KNOWN_RULES).size).toBe(KNOWN_RULES.length)
})

it.each(CATALOGUE)('$id is a word of ignore, and its line completes "Finds …."', ({ id, finds }) => {
  expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  expect(finds).toMatch(/^(?!The |Finds )\S.*[^.\s]$/)
})
