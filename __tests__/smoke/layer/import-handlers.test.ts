import { execFileSync } from 'node:child_process'
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
  ['setInterval(() => {}, 1000)', undefined],
  ['while (true);', { type: 'Timeout', message: 'it does not end within 4 s', log: '' }],
  ["throw new TypeError('no')", { type: 'TypeError', message: 'no', log: expect.stringContaining('at ') }],
])('tells how Node.js loads %s', async (source, error) => {
  mkdirSync(join(folder, 'one'))
  writeFileSync(join(folder, 'one/index.js'), source)
  const handler = join(folder, 'handler.cjs')
  writeFileSync(handler, importHandler('nodejs')?.content ?? '')
  const module: { handler(event: unknown): Promise<readonly unknown[]> } = createRequire(import.meta.url)(handler)
  const [result] = await module.handler({ packages: ['one'], seconds: 4 })
  expect(result).toEqual({ name: 'one', millis: expect.any(Number), ...(error && { error }) })
})

it('ends a Python package that does not come back', () => {
  writeFileSync(join(folder, 'endless.py'), 'while True: pass')
  writeFileSync(join(folder, 'handler.py'), importHandler('python')?.content ?? '')
  const script =
    'import handler, json; print(json.dumps(handler.handler({"packages": ["json", "endless"], "seconds": 2}, None)))'
  const options = { cwd: folder, env: { ...process.env, PYTHONPATH: folder }, encoding: 'utf8' } as const
  expect(JSON.parse(execFileSync('python3', ['-c', script], options))).toEqual([
    { name: 'json', millis: expect.any(Number) },
    {
      name: 'endless',
      millis: expect.any(Number),
      error: { type: 'Timeout', message: 'it does not end within 2 s', log: '' },
    },
  ])
})
