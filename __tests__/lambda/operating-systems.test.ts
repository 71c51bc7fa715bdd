import { describe, expect, it } from 'vitest'
import { OPERATING_SYSTEMS } from '../../src/lambda/operating-systems.ts'

describe.each(OPERATING_SYSTEMS)('$id', (row) => {
  it('takes the wheels of its C library', () => {
    expect(row.manylinux).toBe(`manylinux_${row.glibc.replace('.', '_')}`)
  })

  it('has a source and the month in which it was read', () => {
    expect(row.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//)
    expect(row.checked).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/)
  })
})
