import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RULES_ABOUT_NAMES } from '../../../src/checks/facts/unread-content.ts'
import { CHECKS } from '../../../src/checks/index.ts'
import { runChecks } from '../../../src/checks/run-checks.ts'
import type { Evidence } from '../../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../../src/inspect/fact-readers.ts'
import { makeElf } from '../../builders/evidence.ts'
import { makeLayerEvidence, makeLayerSubject, makeZipEvidence, scannedRuntime } from '../../builders/layer.ts'
import type { Fixture } from '../fixture.ts'

const UNREAD = { files: 3, bytes: 400 * 1024 ** 2 }
const fixtures = new URL('../fixtures/', import.meta.url)

/** A module that needs a library behind what was read. */
function largeLayer(): Evidence {
  const bytes = { uncompressed: 1.4 * 1024 ** 3 }
  return makeLayerEvidence(['python/native.so', 'lib/libneeded.so.1'], {
    layer: { copies: [], unread: UNREAD },
    elf: [makeElf('/opt/python/native.so', { needed: ['libneeded.so.1'] })],
    bytes,
  })
}

describe('a layer that was not read to its end', () => {
  const { findings, notChecked, defects } = runChecks(makeLayerSubject(largeLayer(), [scannedRuntime('python3.13')]))

  it('is too large, and nothing else is said of it', () => {
    expect(defects).toEqual([])
    expect(findings.map(({ rule, level }) => [rule, level])).toEqual([['size-limit', 'error']])
  })

  it.each(CHECKS.filter(({ id, appliesTo }) => appliesTo(makeLayerSubject([]).plan) && !RULES_ABOUT_NAMES.has(id)))(
    '$id says that it did not check',
    ({ id }) => {
      expect(notChecked.filter(({ rule }) => rule === id)).toEqual([
        { rule: id, reason: 'of a layer 1.0 GB are read, and 3 files of 400.0 MB lie behind them' },
      ])
    },
  )

  it('may be a zip whose list of entries tells most', () => {
    const zip = makeZipEvidence([{ kind: 'parent', name: '../a' }]).layer
    const artifact = { ...largeLayer(), layer: { copies: [], ...zip, unread: { files: 1, bytes: 1024 ** 2 } } }
    const result = runChecks(makeLayerSubject(artifact))
    expect(result.findings.map(({ rule }) => rule)).toContain('zip-entries')
    expect(result.notChecked).toContainEqual({
      rule: 'zip-entries',
      reason: 'whether all of it can be unpacked: of a layer 1.0 GB are read, and 1 file of 1.0 MB lies behind them',
    })
  })
})

/** What makes it right to run them: what files hold does not change what they say. */
describe.each([...RULES_ABOUT_NAMES])('%s says the same', (rule) => {
  const check = CHECKS.find(({ id }) => id === rule)

  it.each(readdirSync(new URL(`${rule}/`, fixtures)))('of %s without what files hold', async (name) => {
    const { fixture }: { fixture: Fixture } = await import(new URL(`${rule}/${name}`, fixtures).pathname)
    const { subject } = fixture
    const artifact = { ...subject.artifact, elf: [], firstLines: {}, facts: NO_FACTS }
    expect(check?.run({ ...subject, artifact })).toEqual(check?.run(subject))
  })
})
