import { describe, expect, it } from 'vitest'
import { newerSyntax } from '../../../src/inspect/python/newer-syntax.ts'

describe('what only newer Pythons compile', () => {
  it.each([
    [
      'a match statement in a function',
      'def f(x):\n    match x:\n        # two\n        case 1:\n            pass\n',
      10,
      2,
    ],
    ['a group of exceptions', 'try:\n  pass\nexcept* ValueError:\n  pass\n', 11, 3],
    ['a type statement', 'import typing\nif 1:\n  type A[T] = list[T]\n', 12, 3],
    ['type parameters of a function', 'async def first[T: str](x: list[T]) -> T:\n  pass\n', 12, 1],
    ['type parameters of a class', 'x = a[0]\nclass Stack[T]:\n  pass\n', 12, 2],
    ['several exceptions without parentheses', 'try:\n  pass\nexcept OSError, a.Error:\n  pass\n', 14, 3],
  ])('%s', (_, source, minor, line) => {
    expect(newerSyntax(Buffer.from(source))).toMatchObject({ minor, line })
  })

  it.each([
    ['a name match', 'match = f(x)\nmatch (x)\nre.match (a)\n'],
    ['a name type', 'type = 1\ntype == 2\ntype (x)\nx[type] = 3\n'],
    ['what a document shows', '"""Use\n\nmatch x:\n    case 1: pass\n"""\n'],
    ['what a comment says', '# type A = str\nx = 1\n'],
    ['several exceptions in parentheses', 'try:\n  pass\nexcept (A, B):\n  pass\n'],
    ['an argument of its own line', 'f(\n  type = 3,\n)\n'],
    ['subscripts', 'x = f[0](1)\nfor a in b[1]:\n  pass\ndef f(x: list[int]): pass\n'],
  ])('not %s', (_, source) => {
    expect(newerSyntax(Buffer.from(source))).toBeUndefined()
  })
})
