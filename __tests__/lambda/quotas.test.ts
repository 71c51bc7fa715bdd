import { describe, expect, it } from 'vitest'
import { QUOTAS, quota } from '../../src/lambda/quotas.ts'

it('repeats no limit', () => {
  expect(new Set(QUOTAS.map(({ id }) => id)).size).toBe(QUOTAS.length)
})

it('says bytes as Lambda counts them in its messages', () => {
  expect(quota('image-uncompressed').value).toBe(10_737_418_240)
  expect(quota('unzipped-with-layers').value).toBe(262_144_000)
})

describe.each(QUOTAS)('$id', ({ id, link, checked, value }) => {
  it('has a link and the month in which it was read', () => {
    expect(quota(id).value).toBe(value)
    expect(link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/lambda\//)
    expect(checked).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/)
  })
})
