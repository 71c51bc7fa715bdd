import { describe, expect, it } from 'vitest'
import { runChecks } from '../../src/checks/run-checks.ts'
import type { FileEntry } from '../../src/inspect/evidence.ts'
import { type FileSystem, fileSystemReader } from '../../src/inspect/file-system.ts'
import { systemFacts } from '../../src/inspect/system-facts.ts'
import { makeEvidence, makeFile, makeImageFacts } from '../builders/evidence.ts'
import { makePlan } from '../builders/plan.ts'
import { chunksOf, seeded } from '../builders/random.ts'
import { makeRuntimeFacts, makeSubject } from '../builders/subject.ts'
import { mutate } from './mutate.ts'
import { type RealFile, realFiles } from './real-files.ts'

const MUTATIONS = Number(process.env.FUZZ_MUTATIONS ?? 20_000)
const SEED = Number(process.env.FUZZ_SEED ?? 1)
/** Files of one evidence: rules see mutated files beside each other. */
const BATCH = 200

const originals = realFiles()

/** Every mutation of every kind of file goes through the whole reading and every rule, as a layer and as an image. */
describe(`${MUTATIONS} mutations of ${originals.length} real files (FUZZ_SEED=${SEED})`, () => {
  const batches = Math.ceil(MUTATIONS / BATCH)
  const groups = Array.from({ length: 10 }, (_, index) => index)

  it.each(groups)('part %i is read to an end, and no rule fails on it', (group) => {
    for (let batch = group; batch < batches; batch += groups.length) {
      const random = seeded(SEED * 1_000_003 + batch)
      const files = Array.from({ length: BATCH }, (_, index) => mutated(index, random))
      const read = readAll(files, random)
      const { files: entries, elf, firstLines, facts } = read
      expect(read.defects).toEqual([])
      const { image: _, ...layer } = makeEvidence({
        files: entries,
        elf: [...elf.values()],
        firstLines: Object.fromEntries(firstLines),
        facts,
      })
      const image = { ...layer, image: makeImageFacts(), ...systemFacts(read, {}) }
      // What is read must survive being written and read again: it is a fixture and an attachment.
      expect(JSON.parse(JSON.stringify(layer.facts))).toEqual(layer.facts)
      const runtimes = [makeRuntimeFacts()]
      for (const subject of [
        makeSubject({ artifact: layer, runtimes, plan: makePlan({ kind: 'layer' }) }),
        makeSubject({ artifact: image, runtimes }),
      ]) {
        expect(runChecks(subject).defects.map(({ rule, error }) => `${rule}: ${String(error)}`)).toEqual([])
      }
      const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
      expect(JSON.stringify(layer).length, 'evidence is bounded by what was read').toBeLessThan(20 * size + 1_000_000)
    }
  })
})

function mutated(index: number, random: () => number): RealFile {
  const pick = () => originals[Math.floor(random() * originals.length)] as RealFile
  const { path, bytes } = pick()
  // Paths must differ within one file system; folders stay, since readers go by them.
  return {
    path: path.replace(/([^/]+)$/, index % 3 === 0 ? '$1' : `${index}-$1`),
    bytes: mutate(bytes, pick().bytes, random),
  }
}

function readAll(files: readonly RealFile[], random: () => number): FileSystem {
  const reader = fileSystemReader()
  const seen = new Set<string>()
  for (const { path, bytes } of files) {
    if (seen.has(path)) continue
    seen.add(path)
    const entry: FileEntry = makeFile(path, { size: bytes.length, mode: random() < 0.5 ? 0o755 : 0o644 })
    const sink = reader.entry(entry)
    for (const chunk of chunksOf(bytes, 65_536, random)) sink?.bytes(chunk)
    sink?.end()
  }
  return reader.end()
}
