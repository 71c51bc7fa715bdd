import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../lab/process/command.ts'
import type { Artifact } from './artifact.ts'
import { ARTIFACTS } from './artifacts.ts'
import { outcome, whatHappened } from './corpus-table.ts'
import { FAST_ARTIFACTS } from './fast-artifacts.ts'
import { LABEL } from './reality/containers.ts'
import { runArtifacts, type Tried } from './run-artifacts.ts'

const artifacts = process.env.CORPUS === 'all' ? ARTIFACTS : FAST_ARTIFACTS
const runtimes = [...new Set(artifacts.map(({ install }) => install.runtime.name))]
// Everything of a runtime is installed, executed and judged at once: from nothing, all of them take their time.
const LONG = process.env.CORPUS === 'all' ? 7_200_000 : 900_000
const docs = readFileSync(fileURLToPath(new URL('../../docs/corpus.md', import.meta.url)), 'utf8')

afterAll(async () => {
  expect(await run('docker', ['ps', '--all', '--quiet', '--filter', `label=${LABEL}`])).toBe('')
})

// Executed and judged, each in its turn: what really happens decides what our checks have to say.
describe.each(runtimes)('layers in %s', (runtime) => {
  const ofRuntime = artifacts.filter(({ install }) => install.runtime.name === runtime)
  let tried: readonly Tried[]
  beforeAll(async () => {
    tried = await runArtifacts(ofRuntime)
  }, LONG)

  test.each(ofRuntime.map((artifact) => ({ name: title(artifact), artifact })))('$name', ({ artifact }) => {
    const one = tried.find((candidate) => candidate.artifact === artifact)
    if (one === undefined) throw new Error(`${artifact.install.id} was not tried`)
    expect(one.comparison.defects).toEqual([])
    expect(one.reality.verdict === 'works').toBe(artifact.expected === 'healthy')
    const wanted = artifact.expected === 'healthy' ? 'passed' : 'detected'
    expect(outcome(artifact.expected, one.comparison.errors), one.comparison.errors.join('\n')).toBe(wanted)
    if (!ofThisMachine(artifact)) expect(docs, 'docs/corpus.md tells something else of it').toContain(whatHappened(one))
  })
})

/** Made or executed by compilers and a Java of unknown versions, whose words differ. */
function ofThisMachine({ install: { choice } }: Artifact): boolean {
  return choice.tool === 'mvn' || (choice.tool === 'compiler' && choice.language !== 'c')
}

function title({ install, expected }: Artifact): string {
  const { requirement } = install.package
  return `${requirement}, ${install.variant}: ${expected === 'healthy' ? 'works, and nothing is found' : 'fails, and that is found'}`
}
