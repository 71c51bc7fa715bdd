import { expect, it } from 'vitest'
import { KNOWN_RULES } from '../src/checks/catalogue.ts'
import { nearestNames } from '../src/nearest-names.ts'

it.each([
  ['elf-arch', 'elf-architecture', true],
  ['x', 'zip-symlink', false],
  ['everything', 'handler', false],
  ['symbol-versions', 'symbol-version', true],
  ['Unreadable-Files', 'unreadable-file', true],
  ['size_limit', 'size-limit', true],
])('%s: %s is near: %s', (given, name, near) => {
  expect(nearestNames(given, KNOWN_RULES).includes(name)).toBe(near)
})

it('puts the nearest first and gives no more than asked for', () => {
  expect(nearestNames('cart', ['cat', 'card', 'carts', 'dog'], 2)).toHaveLength(2)
  expect(nearestNames('os-famly', KNOWN_RULES)[0]).toBe('os-family')
})
