import { describe, expect, it } from 'vitest'
import { readRequirement } from '../../../src/inspect/python/requirement.ts'
import { extrasOf, onlyExtras } from '../../../src/inspect/python/requirement-extras.ts'

describe('a line of Requires-Dist', () => {
  it('has a name, extras, versions and a marker', () => {
    const text = 'Google.API_core[Grpc, my_extra]<3,>=2; python_version >= "3.9"'
    expect(readRequirement(text)).toEqual({
      text,
      name: 'google-api-core',
      extras: ['grpc', 'my-extra'],
      specifiers: '<3,>=2',
      marker: { left: 'python_version', operator: '>=', right: '"3.9"' },
    })
  })

  it.each([
    ['six (>=1,<2)', { name: 'six', specifiers: '>=1,<2' }],
    [
      'numpy @ https://example.com/numpy.whl ; os_name == "nt"',
      { name: 'numpy', specifiers: '', marker: { right: '"nt"' } },
    ],
    ['numpy[a]@git+ssh://git@example.com/numpy.git@main', { name: 'numpy', extras: ['a'], specifiers: '' }],
    ['colorama', { name: 'colorama', extras: [], specifiers: '' }],
  ])('%s', (text, expected) => {
    expect(readRequirement(text)).toMatchObject(expected)
  })

  it.each([
    ["pywin32; os.name == 'nt'", 'pywin32'],
    ['six>=1,', 'six'],
    ['six===1.0', 'six'],
    [`a; ${'('.repeat(900)}`, 'a'],
    [`a; ${'('.repeat(900)}python_version < "3"${')'.repeat(900)}`, 'a'],
  ])('of %s the name is known, and nothing else', (text, name) => {
    expect(readRequirement(text)).toEqual({ text, name, extras: [], specifiers: '', marker: 'unreadable' })
  })

  it.each(['', '# six', '-r other.txt', '>=1', `a${'b'.repeat(3_000)}`])('is none: %s', (text) => {
    expect(readRequirement(text)).toBeUndefined()
  })
})

describe('extras', () => {
  it.each<[marker: string, named: readonly string[], only: readonly string[]]>([
    ['extra == "Tracer_x"', ['tracer-x'], ['tracer-x']],
    ["'all' == extra", ['all'], ['all']],
    ['extra == "a" or (extra == "b")', ['a', 'b'], ['a', 'b']],
    ['extra == "a" and python_version < "3"', ['a'], []],
    ['extra == "a" or python_version < "3"', ['a'], []],
    ['extra != "a"', [], []],
    ['python_version < "3"', [], []],
    ['os.name == "extra"', [], []],
  ])('of %s', (marker, named, only) => {
    const requirement = readRequirement(`x; ${marker}`)
    expect(requirement && extrasOf(requirement)).toEqual(named)
    expect(requirement && onlyExtras(requirement)).toEqual(only)
  })
})
