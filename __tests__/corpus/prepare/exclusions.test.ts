import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { excludeFiles, removePlatformPackages } from './exclusions.ts'

const layer = { path: '' }
const MODULES = 'nodejs/node_modules'

beforeEach(() => {
  layer.path = mkdtempSync(join(tmpdir(), 'exclusions-'))
  for (const name of ['fast/src/deep/a.js', 'fast/fast.node', '@fast/src/package.json', 'src/package.json']) write(name)
  write('fast-linux-x64/package.json', '{"os":["linux"],"cpu":["x64"]}')
  write('unix/package.json', '{"os":["linux","darwin"]}')
  write('fast/test/package.json', 'none')
})

afterEach(() => rmSync(layer.path, { recursive: true }))

test('an exclusion takes folders and files out of packages, never a package of the same name', () => {
  expect(excludeFiles(layer.path, 'sources-excluded')).toBeUndefined()
  expect(isThere('fast/src')).toBe(false)
  for (const kept of ['fast/fast.node', 'src/package.json', '@fast/src/package.json']) expect(isThere(kept)).toBe(true)
  expect(excludeFiles(layer.path, 'addons-excluded')).toBeUndefined()
  expect(isThere('fast/fast.node')).toBe(false)
  expect(excludeFiles(layer.path, 'addons-excluded')).toBe('nothing of the kind in the layer')
})

test('what is for one system alone is what a lock file of another system lacks', () => {
  expect(removePlatformPackages(layer.path)).toBeUndefined()
  expect(isThere('fast-linux-x64')).toBe(false)
  expect(isThere('unix/package.json')).toBe(true)
})

function write(path: string, content = ''): void {
  const file = join(layer.path, MODULES, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

function isThere(path: string): boolean {
  return existsSync(join(layer.path, MODULES, path))
}
