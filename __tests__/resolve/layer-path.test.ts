import { expect, it } from 'vitest'
import { readLocalFiles } from '../../src/resolve/local-files.ts'
import { read } from '../builders/inputs.ts'
import { fakeFiles } from '../builders/ports.ts'

const FILES = { 'layer/python/app.py': '', 'good.zip': 'PK\x03\x04', 'empty.zip': 'PK\x05\x06', 'notes.txt': 'hello' }

async function why(path: string, files = fakeFiles(FILES)): Promise<string | undefined> {
  const { inputs } = read({ kind: 'layer', runtime: 'python3.13', 'layer-path': path })
  const { problems } = await readLocalFiles(inputs, files)
  expect(problems.every(({ input }) => input === 'layer-path')).toBe(true)
  return problems[0]?.why
}

it.each([
  ['layer', undefined],
  ['good.zip', undefined],
  ['empty.zip', /The zip is empty/],
  ['notes.txt', /That is no zip/],
  ['layers', /There is no such folder or zip. Near it: `layer`/],
])('layer-path %s', async (path, expected) => {
  if (expected === undefined) expect(await why(path)).toBeUndefined()
  else expect(await why(path)).toMatch(expected)
})

it('an empty folder is no layer', async () => {
  const files = { ...fakeFiles(), kind: async () => 'directory' as const, names: async () => [] }
  expect(await why('layer', files)).toMatch(/The folder is empty/)
})
