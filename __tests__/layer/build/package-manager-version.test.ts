import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { NODE_INSTALLERS } from '../../../src/layer/build/node-installers.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-manager-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it.each([
  ['pnpm', 'pnpm-lock.yaml', {}, "lockfileVersion: '9.0'\n", 'pnpm 10'],
  ['pnpm', 'pnpm-lock.yaml', {}, "settings: {}\nlockfileVersion: '6.0'\n", 'pnpm 8'],
  ['pnpm', 'pnpm-lock.yaml', {}, 'lockfileVersion: 5.4\n', 'pnpm 7'],
  ['pnpm', 'pnpm-lock.yaml', {}, "lockfileVersion: '99.0'\n", 'pnpm latest'],
  ['pnpm', 'pnpm-lock.yaml', { packageManager: 'pnpm@9.1.0+sha512.abc' }, 'lockfileVersion: 5.4\n', 'pnpm 9.1.0'],
  ['yarn', 'yarn.lock', {}, '# yarn lockfile v1\n', 'yarn 1'],
  ['yarn', 'yarn.lock', {}, '__metadata:\n  version: 8\n', 'yarn 4.13'],
  ['yarn', 'yarn.lock', {}, '__metadata:\n  version: 6\n', 'yarn 3'],
  ['yarn', 'yarn.lock', {}, '__metadata:\n  version: 12\n', 'yarn 4'],
  ['yarn', 'yarn.lock', { packageManager: 'yarn@3.6.4' }, '__metadata:\n  version: 6\n', 'yarn 3.6.4'],
])('takes the version of %s that wrote %s (%j, %j)', (tool, lock, manifest, text, said) => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, lock), text)
  const installer = NODE_INSTALLERS.find((row) => row.tool === tool)
  // What follows the choice of the version would install.
  const [choice = ''] = /^[\s\S]*?echo "\w+ \$VERSION"\n/.exec(installer?.script({} as never) ?? '') ?? []
  const shell = execFileSync('/bin/sh', ['-euc', choice], { cwd: folder, encoding: 'utf8' })
  expect(shell.trim()).toBe(said)
})
