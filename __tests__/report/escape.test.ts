import { describe, expect, it } from 'vitest'
import {
  breakable,
  breakableCode,
  cellCode,
  code,
  fenced,
  htmlText,
  message,
  plain,
  prose,
} from '../../src/report/escape.ts'

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
  it.each([
    [':smile:', ':\u200bsmile:'],
    ['arn:aws:lambda', 'arn:\u200baws:\u200blambda'],
    ['at a1b2c3d4, or 2023.6.20241031', 'at <code>a1b2c3d4</code>, or 2023.6.2024<wbr>1031'],
    ['me@a1b2c3d', 'me@\u200b<code>a1b2c3d</code>'],
    ['$x$', '<span>$</span>x<span>$</span>'],
    [`sha256:${'a'.repeat(64)}`, `sha256:\u200b${'a'.repeat(64)}`],
  ])('takes from %s what GitHub looks for in it', (text, made) => {
    expect(prose(text)).toBe(made)
    expect(htmlText(text)).toBe(made)
  })
  it('is one line', () => expect(prose('a\nb')).toBe('a b'))
})

describe('in a narrow table', () => {
  it('code is copied whole: nothing but places to break it is put in', () => {
    const reference = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/www.x:y/z@sha256:a1b2c3d4 http://h :smile: a@b.c'
    const made = breakableCode(reference)
    expect(made.replace(/<\/?(?:wbr|code)>/g, '')).toBe(reference)
    expect(made).not.toMatch(/:\/\/|www\.|@\w/)
  })
  it('a commit is broken too', () => expect(breakable('a1b2c3d4e5f6')).toBe('a1b2<wbr>c3d4<wbr>e5f6'))
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
