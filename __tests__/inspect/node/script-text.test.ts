import { expect, it } from 'vitest'
import { scriptText } from '../../../src/inspect/node/script-text.ts'

it.each([
  ['small', 10],
  ['large', 100_000],
])('gives a %s text back as it passed', (_, length) => {
  const source = `require('a')\n${'x'.repeat(length)}`
  const passing = Buffer.from(source)
  const text = scriptText(passing)
  passing.fill(0)
  expect(text.size).toBe(source.length)
  expect(text.bytes().toString()).toBe(source)
  expect([...text.names().names]).toEqual(['a'])
})

it('does not search again what is known', () => {
  const named = { names: new Set(['b']), computedAt: [] }
  expect(scriptText(Buffer.from("require('a')"), named).names()).toBe(named)
})
