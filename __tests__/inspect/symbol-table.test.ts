import { expect, it } from 'vitest'
import { defines, exportedHashes, importedHashes, imports, symbolHash } from '../../src/inspect/symbol-table.ts'
import { makeSymbols } from '../builders/elf-symbols.ts'
import { makeElf } from '../builders/evidence.ts'

it('knows what a file defines, also names that differ in their last letter', () => {
  const file = makeElf('/a.so', { symbols: makeSymbols({ exports: ['napi_v126', 'napi_v128', 'é'] }) })
  expect(['napi_v126', 'napi_v127', 'napi_v128', 'é', 'e'].map((name) => defines(file, name))).toEqual([
    ...[true, false, true, true, false],
  ])
  expect(defines(makeElf('/b.so'), 'napi_v126')).toBeUndefined()
  const hashes = [...exportedHashes(file)]
  expect(hashes).toEqual(hashes.toSorted((a, b) => a - b))
})

it.each([
  [
    ['a', 'b@OPENSSL_3.0.0'],
    ['c', 'é@V_1'],
  ],
  [['a'], []],
  [[], ['ü', 'c']],
  [[], []],
])('tells imports %o and %o by hash as by name', (atLoad, atCall) => {
  const file = makeElf('/a.so', { symbols: makeSymbols({ atLoad, atCall }) })
  expect([...importedHashes(file)]).toEqual(imports(file).map(({ name }) => symbolHash(name)))
})

it('is not led astray by exports that are no table', () => {
  for (const exports of ['', '!', 'AAAA', 'AAAAAA=='])
    expect(exportedHashes(makeElf('/a.so', { symbols: { exports, atLoad: '', atCall: '' } })).length).toBeLessThan(2)
})
