import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { damageLayer } from './damage.ts'

const layer = { path: '' }

beforeEach(() => {
  layer.path = mkdtempSync(join(tmpdir(), 'damage-'))
  write('python/asked/__init__.py', '')
  write('python/asked/_core.abi3.so', '\x7fELF')
  write('python/asked-1.0.dist-info/RECORD', 'asked/__init__.py,sha256=a,0\nasked/_core.abi3.so,sha256=b,4\n')
  write(
    'python/asked-1.0.dist-info/WHEEL',
    'Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-abi3-linux_x86_64\n',
  )
  write('python/brought/below/module.py', '')
  write('python/brought-2.0.dist-info/RECORD', 'brought/below/module.py,sha256=c,0\n')
})

afterEach(() => rmSync(layer.path, { recursive: true }))

test('without what was not asked for nothing of it is left, no folder either', async () => {
  expect(await damageLayer(layer.path, 'no-deps', 'asked[extra]==1.0')).toBeUndefined()
  expect(existsSync(join(layer.path, 'python/asked/_core.abi3.so'))).toBe(true)
  for (const gone of ['python/brought', 'python/brought-2.0.dist-info'])
    expect(existsSync(join(layer.path, gone))).toBe(false)
})

test('where all was asked for nothing can be left out', async () => {
  expect(await damageLayer(layer.path, 'no-deps', 'asked brought==2.0')).toBe('nothing of the kind in the layer')
})

test('what nobody compiled has no native file, and its metadata know of none', async () => {
  expect(await damageLayer(layer.path, 'uncompiled', 'asked')).toBeUndefined()
  expect(existsSync(join(layer.path, 'python/asked/_core.abi3.so'))).toBe(false)
  expect(read('asked-1.0.dist-info/RECORD')).toBe('asked/__init__.py,sha256=a,0\n')
  expect(read('asked-1.0.dist-info/WHEEL')).toBe('Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
})

function write(path: string, content: string): void {
  mkdirSync(dirname(join(layer.path, path)), { recursive: true })
  writeFileSync(join(layer.path, path), content)
}

function read(path: string): string {
  return readFileSync(join(layer.path, 'python', path), 'utf8')
}
