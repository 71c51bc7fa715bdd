import { expect, it } from 'vitest'
import { readRow } from '../../scripts/runtime-rows.ts'
import { labEngines } from '../adapters/lab-engines.ts'
import { fakeLog } from '../builders/ports.ts'

it('reads the row of a runtime image', async () => {
  const { lab } = await labEngines()
  const row = await readRow(`${lab.publicRegistry.host}/lambda/nodejs:22`, '2026-08-01', fakeLog())
  expect(row).toMatchObject({
    runtime: 'nodejs22.x',
    architecture: 'x86_64',
    scanned: '2026-08-01',
    libc: { family: 'glibc' },
    tools: { node: expect.stringMatching(/^22\./) },
  })
}, 600_000)
