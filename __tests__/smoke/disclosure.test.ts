import { describe, expect, it } from 'vitest'
import { hide, logTail } from '../../src/smoke/disclosure.ts'

describe('hide', () => {
  it('replaces values anywhere, the longer one first', () => {
    expect(hide(['abcd', 'abcdef']).text('x abcdef abcd y')).toBe('x *** *** y')
  })

  it('replaces them in keys, strings and numbers of an answer', () => {
    const hidden = hide(['secret', '8675309']).json({ 'a-secret': ['secret!', { n: 8675309, m: 1 }], ok: null })
    expect(hidden).toEqual({ 'a-***': ['***!', { n: '***', m: 1 }], ok: null })
  })

  it('knows a value as JSON prints it, and line by line', () => {
    const key = '-----BEGIN\nline "one"\nline two'
    expect(hide([key]).text(`key: ${JSON.stringify(key)}`)).toBe('key: "***"')
    expect(hide([key]).text('log: line two')).toBe('log: ***')
  })

  it('hides a short value where it is the whole answer, or stands in quotes', () => {
    const hidden = hide(['dev', '1'])
    expect(hidden.json({ stage: 'dev', mode: 'devel', n: 1 })).toEqual({ stage: '***', mode: 'devel', n: 1 })
    expect(hidden.text('$.stage: expected "prod", got "dev"')).toBe('$.stage: expected "prod", got "***"')
  })

  it('leaves text alone that only holds short values', () => {
    expect(hide(['1', 'dev']).text('dev 1')).toBe('dev 1')
  })
})

describe('logTail', () => {
  it('strips terminal escapes and control characters', () => {
    expect(logTail('\u001b[31mred\u001b[0m\r\na\u0000b\u0007\tc\u009b\n')).toBe('red\nab\tc')
  })

  it('keeps the last 4 KiB, from the beginning of a line', () => {
    const lines = Array.from({ length: 1000 }, (_, n) => `line ${n} ä`)
    const tail = logTail(lines.join('\n'))
    expect(Buffer.byteLength(tail)).toBeLessThanOrEqual(4096 + 4)
    expect(tail.split('\n').slice(0, 2).join('|')).toMatch(/^…\|line \d+ ä$/)
    expect(tail).toMatch(/line 999 ä$/)
  })

  it('is valid text even when one line fills it', () => {
    expect(logTail('ä'.repeat(5000))).not.toContain('\uFFFD')
  })
})
