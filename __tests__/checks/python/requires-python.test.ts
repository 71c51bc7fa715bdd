import { expect, it } from 'vitest'
import { takesPython } from '../../../src/checks/python/requires-python.ts'

it.each([
  ['>=3.8'],
  ['>=3.11'],
  ['>3.10'],
  ['>=3.8,<3.12'],
  ['!=3.11.1,>=3.8'],
  ['!=3.10.*, >=3.6'],
  ['<=3.11'],
  ['<3.11.5'],
  ['~=3.8'],
  ['~=3.11.2'],
  ['==3.*'],
  ['>=3'],
  ['<4'],
  [''],
  ['nonsense'],
])('takes Python 3.11: %s', (specifier) => {
  expect(takesPython(specifier, 11)).toBe(true)
})

it.each([
  ['>=3.12'],
  ['!=3.14.1,>=3.12'],
  ['>=3.8,<3.11'],
  ['<=3.10'],
  ['!=3.11.*'],
  ['==3.10.*'],
  ['~=3.12'],
  ['~=3.10.2'],
  ['<3'],
])('does not take it: %s', (specifier) => {
  expect(takesPython(specifier, 11)).toBe(false)
})
