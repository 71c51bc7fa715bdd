import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { importHandler } from '../../../src/smoke/layer/import-handlers.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'))
  vi.stubEnv('NODE_PATH', folder)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

it.each([
  ['0', undefined],
  ['process.exit(3)', { type: 'Error', message: 'exit status 3', endedItself: true, log: '' }],
  ["throw new TypeError('no')", { type: 'TypeError', message: 'no', log: expect.stringContaining('at ') }],
])('tells how Node.js loads %s', async (source, error) => {
  mkdirSync(join(folder, 'one'))
  writeFileSync(join(folder, 'one/index.js'), source)
  const handler = join(folder, 'handler.cjs')
  writeFileSync(handler, importHandler('nodejs')?.content ?? '')
  const module: { handler(event: unknown): Promise<readonly unknown[]> } = createRequire(import.meta.url)(handler)
  const [result] = await module.handler({ packages: ['one'] })
  expect(result).toEqual({ name: 'one', millis: expect.any(Number), ...(error && { error }) })
})
