import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ARTIFACTS, type Artifact } from './artifacts.ts'
import { outcome, row } from './corpus-table.ts'
import { runArtifacts } from './run-artifacts.ts'

const whole = process.env.CORPUS === 'all'
const artifacts = ARTIFACTS.filter(({ part }) => whole || part === 'fast')
const docs = readFileSync(fileURLToPath(new URL('../../docs/corpus.md', import.meta.url)), 'utf8')

test('each corpus has at least forty artifacts', () => {
  const healthy = ARTIFACTS.filter(({ expected }) => expected === 'healthy')
  expect(new Set(ARTIFACTS.map(({ install }) => install.id)).size).toBe(ARTIFACTS.length)
  expect(healthy.length).toBeGreaterThanOrEqual(40)
  expect(ARTIFACTS.length - healthy.length).toBeGreaterThanOrEqual(40)
})

describe.each(['nodejs22.x', 'python3.11'])('layers in %s', (runtime) => {
  const ofRuntime = artifacts.filter(({ install }) => install.runtime.name === runtime)
  const tried = runArtifacts(ofRuntime)
  const result = async (artifact: Artifact) => {
    const found = (await tried).find((one) => one.artifact === artifact)
    if (found === undefined) throw new Error(`${artifact.install.id} was not tried`)
    return found
  }

  test.each(ofRuntime.map((artifact) => ({ name: artifact.install.id, artifact })))('$name', async ({ artifact }) => {
    const one = await result(artifact)
    expect(one.comparison.defects).toEqual([])
    expect(one.reality.verdict === 'works').toBe(artifact.expected === 'healthy')
    const wanted = artifact.expected === 'healthy' ? 'passed' : 'detected'
    expect(outcome(artifact.expected, one.comparison.errors), one.comparison.errors.join('\n')).toBe(wanted)
    expect(docs).toContain(row(one))
  })
})
