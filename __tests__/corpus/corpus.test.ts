import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ARTIFACTS } from './artifacts.ts'
import { outOfStep } from './corpus-table.ts'
import { FAST_ARTIFACTS } from './fast-artifacts.ts'

const docs = readFileSync(fileURLToPath(new URL('../../docs/corpus.md', import.meta.url)), 'utf8')
/** Those of single artifacts; the text above has tables of whole lists. */
const [, tables = ''] = docs.split('<!-- begin: tables -->')
const healthy = (artifacts: typeof ARTIFACTS) => artifacts.filter(({ expected }) => expected === 'healthy')

test('each corpus has at least forty artifacts, none of them twice', () => {
  expect(new Set(ARTIFACTS.map(({ install }) => install.id)).size).toBe(ARTIFACTS.length)
  expect(healthy(ARTIFACTS).length).toBeGreaterThanOrEqual(40)
  expect(ARTIFACTS.length - healthy(ARTIFACTS).length).toBeGreaterThanOrEqual(40)
})

test('what is tried on every change has both kinds', () => {
  expect(healthy(FAST_ARTIFACTS).length).toBeGreaterThanOrEqual(10)
  expect(FAST_ARTIFACTS.length - healthy(FAST_ARTIFACTS).length).toBeGreaterThanOrEqual(10)
})

test('docs/corpus.md has a row of each artifact, and no other', () => {
  expect(outOfStep(tables, ARTIFACTS)).toEqual([])
})

test('a row too many, a missing row and a doubled row are told', () => {
  const [first = '', ...others] = tables.split('\n').filter((line) => line.startsWith('| `'))
  expect(outOfStep(others.join('\n'), ARTIFACTS)).toHaveLength(1)
  expect(outOfStep(`${tables}\n${first}`, ARTIFACTS)).toHaveLength(1)
  expect(outOfStep(`${tables}\n${first.replace('`', '`gone-')}`, ARTIFACTS)).toHaveLength(1)
})
