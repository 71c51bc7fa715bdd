import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { run } from '../../lab/process/command.ts'
import type { Artifact } from './artifact.ts'
import { ARTIFACTS } from './artifacts.ts'
import { outcome, whatHappened } from './corpus-table.ts'
import { FAST_ARTIFACTS } from './fast-artifacts.ts'
import { LABEL } from './reality/containers.ts'
import { runArtifacts } from './run-artifacts.ts'

const artifacts = process.env.CORPUS === 'all' ? ARTIFACTS : FAST_ARTIFACTS
const runtimes = [...new Set(artifacts.map(({ install }) => install.runtime.name))]
const docs = readFileSync(fileURLToPath(new URL('../../docs/corpus.md', import.meta.url)), 'utf8')

afterAll(async () => {
  expect(await run('docker', ['ps', '--all', '--quiet', '--filter', `label=${LABEL}`])).toBe('')
})

// Executed and judged, each in its turn: what really happens decides what our checks have to say.
describe.each(runtimes)('layers in %s', (runtime) => {
  const ofRuntime = artifacts.filter(({ install }) => install.runtime.name === runtime)
  const trying = runArtifacts(ofRuntime)
  trying.catch(() => undefined)
  const tried = async (artifact: Artifact) => {
    const found = (await trying).find((one) => one.artifact === artifact)
    if (found === undefined) throw new Error(`${artifact.install.id} was not tried`)
    return found
  }

  test.each(ofRuntime.map((artifact) => ({ name: title(artifact), artifact })))('$name', async ({ artifact }) => {
    const one = await tried(artifact)
    expect(one.comparison.defects).toEqual([])
    expect(one.reality.verdict === 'works').toBe(artifact.expected === 'healthy')
    const wanted = artifact.expected === 'healthy' ? 'passed' : 'detected'
    expect(outcome(artifact.expected, one.comparison.errors), one.comparison.errors.join('\n')).toBe(wanted)
    expect(docs, 'docs/corpus.md tells something else of it').toContain(whatHappened(one))
  })
})

function title({ install, expected }: Artifact): string {
  const { requirement } = install.package
  return `${requirement}, ${install.variant}: ${expected === 'healthy' ? 'works, and nothing is found' : 'fails, and that is found'}`
}
