import { expect, it } from 'vitest'
import { refusesVersion, takesPython } from '../../../src/checks/python/version-specifier.ts'

it.each([
  ['!=1.8,!=1.8.1,<2.0.0,>=1.6.2', '2.6.0', true],
  ['!=1.8,!=1.8.1,<2.0.0,>=1.6.2', '1.10.13', false],
  ['<2', '2.0', true],
  ['', '2.0.0', false],
  ['>=1.2', '1.1.9', true],
  ['~=1.24.1', '1.25.0', true],
  ['~=1.24', '1.25.0', false],
  ['==1.26.*', '1.26.4', false],
  ['==1.26.*', '1.27.0', true],
  ['==2.0', '2.0.0', false],
  ['!=2.0.*', '2.0.1', true],
  ['==1.26.4', '1.26.4.post1', true],
  ['>=2.0', '2.0.0rc1', true],
  ['>=2.0', '2.1.0rc1', false],
  ['>=2.0', 'unknown', false],
])('%s refuses %s: %s', (requirement, version, refuses) => {
  expect(refusesVersion(requirement, version)).toBe(refuses)
})

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
  ['>=3.6.*,<4,'],
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
  ['>=3.6.*,<3.10'],
])('does not take it: %s', (specifier) => {
  expect(takesPython(specifier, 11)).toBe(false)
})
