import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { folderTar } from '../../src/adapters/folder-tar.ts'
import { TAR_END } from '../../src/tar/tar-entry.ts'

const folder = mkdtempSync(join(tmpdir(), 'lambda-parity-tar-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('is unpacked by tar to the same files, readable by everybody', async () => {
  const root = join(folder, 'root')
  const deep = `deep/${'d'.repeat(120)}`
  mkdirSync(join(root, deep), { recursive: true })
  mkdirSync(join(root, 'pkg/node_modules/x'), { recursive: true })
  mkdirSync(join(root, 'empty'))
  mkdirSync(join(root, 'build/report'), { recursive: true })
  writeFileSync(join(root, 'build/report/report.json'), '{}')
  const big = Buffer.alloc(2_500_000, 'abc')
  writeFileSync(join(root, deep, 'ä.txt'), big)
  writeFileSync(join(root, 'run.sh'), '#!/bin/sh\n')
  writeFileSync(join(root, 'secret.txt'), 's')
  writeFileSync(join(root, 'nothing'), '')
  chmodSync(join(root, 'run.sh'), 0o700)
  chmodSync(join(root, 'secret.txt'), 0o600)
  symlinkSync(`${deep}/ä.txt`, join(root, 'link'))
  symlinkSync('/nonexistent', join(root, 'dangling'))
  execFileSync('mkfifo', [join(root, 'pipe')])

  const chunks: Buffer[] = []
  const left = { without: ['node_modules'], leaveOut: join(root, 'build/report/') }
  for await (const chunk of folderTar(root, { below: 'src', ...left })) chunks.push(chunk)
  const out = join(folder, 'out')
  mkdirSync(out)
  execFileSync('tar', ['-xf', '-', '-C', out], { input: Buffer.concat([...chunks, TAR_END]) })
  const at = (name: string) => join(out, 'src', name)
  const listed = execFileSync('find', ['.', '-printf', '%y %m %P|%l\n'], { cwd: at(''), encoding: 'utf8' })
  expect(listed.trim().split('\n').sort()).toEqual(
    [
      'd 755 |',
      'd 755 build|',
      'd 755 deep|',
      `d 755 ${deep}|`,
      'd 755 empty|',
      'd 755 pkg|',
      `f 644 ${deep}/ä.txt|`,
      'f 644 nothing|',
      'f 644 secret.txt|',
      'f 755 run.sh|',
      'l 777 dangling|/nonexistent',
      `l 777 link|${deep}/ä.txt`,
    ].sort(),
  )
  expect(readFileSync(at('link')).equals(big)).toBe(true)
  expect(statSync(at('run.sh')).mtimeMs).toBe(315_532_800_000)
})
