import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { putOver } from './put-over.ts'

const folder = { path: '' }

beforeEach(() => {
  folder.path = mkdtempSync(join(tmpdir(), 'put-over-'))
  write('earlier/both/same.py', 'old')
  write('earlier/both/lost.py', 'old')
  write('earlier/both-1.dist-info/RECORD', '')
  write('target/both/same.py', 'new')
  write('target/both-2.dist-info/RECORD', '')
})

afterEach(() => rmSync(folder.path, { recursive: true }))

test('pip keeps what is there by its name, and adds metadata of another version', async () => {
  await putOver(join(folder.path, 'earlier'), join(folder.path, 'target'), 'kept')
  expect(readdirSync(folder.path)).toEqual(['target'])
  expect(readdirSync(join(folder.path, 'target')).sort()).toEqual(['both', 'both-1.dist-info', 'both-2.dist-info'])
  expect(readFileSync(join(folder.path, 'target/both/same.py'), 'utf8')).toBe('old')
})

test('of two layers the files of the later one win, and the others stay', async () => {
  await putOver(join(folder.path, 'earlier'), join(folder.path, 'target'), 'laid-over')
  expect(readFileSync(join(folder.path, 'target/both/same.py'), 'utf8')).toBe('new')
  expect(readdirSync(join(folder.path, 'target/both')).sort()).toEqual(['lost.py', 'same.py'])
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true })
  writeFileSync(join(folder.path, path), text)
}
