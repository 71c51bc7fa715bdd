import { describe, expect, it } from 'vitest'
import { cellCode, code, fenced, message, plain, prose } from '../../src/report/escape.ts'

describe('plain', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]8;;http://evil\u0007link\u001b]8;;\u0007', 'link'],
    ['a\rb\r\nc', 'a\nb\nc'],
    ['file\u202egpj.exe', 'filegpj.exe'],
    ['\u0000\u0007x', 'x'],
  ])('%j -> %j', (text, expected) => expect(plain(text)).toBe(expected))

  it('leaves no HTML comment, since the markers of our own sections are such', () => {
    expect(plain('<!-- lambda-parity end=x -->')).not.toContain('<!--')
  })
})

describe('prose', () => {
  it.each([
    '@octocat',
    'https://evil.example',
    'www.evil.example',
    '#12',
    'GH-12',
    '<img src=x>',
    '[a](b)',
    '**b**',
    'a|b',
  ])('leaves nothing active of %s', (text) => {
    const made = prose(text)
    expect(made).not.toMatch(/@\w|:\/\/|www\.|#\d|GH-\d|<|(?<!\\)[[*|]/)
  })
  it('is one line', () => expect(prose('a\nb')).toBe('a b'))
})

describe('code', () => {
  it('outgrows the backticks inside', () => expect(code('a``b')).toBe('```a``b```'))
  it('pads what begins with a backtick', () => expect(code('`x')).toBe('`` `x ``'))
  it('cannot end a table cell', () => {
    expect(cellCode('a|b')).toBe('`a\\|b`')
    expect(cellCode('a\\|b')).toBe('`a\\\u200b\\|b`')
  })
})

it('fenced outgrows fences inside', () => {
  expect(fenced('```\nx\n```')).toBe('````\n```\nx\n```\n````')
})

it('message keeps code spans and escapes the rest', () => {
  expect(message('file `a*b` by @me')).toBe('file `a*b` by @\u200bme')
})
