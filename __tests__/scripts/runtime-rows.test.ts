import { expect, it } from 'vitest'
import { rowsFile, withRows } from '../../scripts/runtime-rows.ts'
import { scannedRow } from '../../src/inspect/scanned-row.ts'
import { SCANNED_ROWS } from '../../src/lambda/runtime-rows/scanned.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import { makeEvidence } from '../builders/evidence.ts'

const row = scannedRow(makeEvidence(), '2026-08-01', findRuntime('nodejs22.x'))

it('makes a row of what was read', () => {
  expect(row).toEqual({
    runtime: 'nodejs22.x',
    architecture: 'x86_64',
    source: 'get-customer:test',
    scanned: '2026-08-01',
    os: expect.objectContaining({ release: '2023.6.20241031' }),
    libc: { family: 'glibc', version: '2.34' },
    cxxabi: '1.3.13',
    tools: { node: '22.11.0', libstdcxx: '3.4.29' },
  })
})

it('replaces the row of the same runtime and architecture', () => {
  if (row === undefined) throw new Error('no row')
  const newer = { ...row, scanned: '2026-09-01' }
  const arm = { ...row, architecture: 'arm64' } as const
  expect(withRows([row], [newer, arm])).toEqual([arm, newer])
  expect(rowsFile([newer])).toContain('"scanned": "2026-09-01"')
})

it('has rows of known runtimes only, each with its date', () => {
  for (const one of SCANNED_ROWS) {
    expect(findRuntime(one.runtime)?.os).toBe(one.os.versionId === '2' ? 'al2' : 'al2023')
    expect(one.scanned).toMatch(/^20\d\d-\d\d-\d\d$/)
  }
})
