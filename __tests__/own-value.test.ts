import { describe, expect, it } from 'vitest'
import { ownValue } from '../src/own-value.ts'

describe('ownValue', () => {
  it('finds what a record has of its own', () => {
    expect(ownValue({ a: 1 }, 'a')).toBe(1)
    expect(ownValue({ a: 1 }, 'b')).toBeUndefined()
    expect(ownValue(undefined, 'a')).toBeUndefined()
  })
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('finds nothing inherited: %s', (name) => {
    expect(ownValue({ a: 1 }, name)).toBeUndefined()
    expect(ownValue(JSON.parse(`{"${name}": 2}`) as Record<string, number>, name)).toBe(2)
  })
})
