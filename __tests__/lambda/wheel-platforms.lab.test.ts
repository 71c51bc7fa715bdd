import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { labFolders } from '../../lab/folders.ts'
import { ensurePip, pip } from '../../lab/python.ts'
import { platformOptions } from '../../src/lambda/wheel-platforms.ts'

/** Wheels of older platforms than the newest that glibc 2.34 takes. */
const PACKAGES = ['markupsafe==3.0.4', 'rpds-py==2026.9.1']

it('is understood by the pip at hand: the pasted command finds wheels of older platforms', async () => {
  await ensurePip(labFolders())
  const folder = await mkdtemp(join(tmpdir(), 'wheel-platforms-'))
  try {
    const options = platformOptions('x86_64', { family: 'glibc', version: '2.34' }).split(' ')
    const language = ['--python-version', '3.12', '--only-binary=:all:', '--no-deps']
    await pip(['download', ...language, ...options, '--dest', folder, ...PACKAGES])
    const wheels = await readdir(folder)
    expect(wheels.filter((name) => name.endsWith('.whl'))).toHaveLength(PACKAGES.length)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
