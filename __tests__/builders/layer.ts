import type { RuntimeFacts, Subject } from '../../src/checks/check.ts'
import type { Evidence, FileEntry } from '../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import type { PythonDistribution } from '../../src/inspect/python/python-file.ts'
import { fromTable } from '../../src/inspect/runtime-facts.ts'
import { findRuntime, type RuntimeId } from '../../src/lambda/runtimes.ts'
import type { LayerPlan } from '../../src/plan/plan.ts'
import type { ZipOddity } from '../../src/ports/layer-files.ts'
import { makeDirectory, makeFile } from './evidence.ts'
import { makePlan } from './plan.ts'
import { makeRuntimeEvidence } from './subject.ts'

/** Entries below /opt by their names in the layer, with the folders above them; entries are taken as they are. */
export function layerFiles(entries: readonly (string | FileEntry)[]): readonly FileEntry[] {
  const files = entries.map((one) => (typeof one === 'string' ? makeFile(`/opt/${one}`) : one))
  const folders = new Set(files.flatMap(({ path }) => parents(path)))
  for (const { path } of files) folders.delete(path)
  return [...[...folders].sort().map((path) => makeDirectory(path)), ...files]
}

function parents(path: string): string[] {
  const names = path.split('/')
  return names
    .slice(2, -1)
    .map((_, index) => names.slice(0, index + 3).join('/'))
    .concat('/opt')
}

/** An installed distribution of Python that brings these modules. */
export function makeDistribution(name: string, ...modules: readonly string[]): PythonDistribution {
  return {
    kind: 'distribution',
    path: `/opt/python/${name}-1.dist-info`,
    name,
    version: '1',
    record: { files: 1, native: [], modules, others: [] },
  }
}

export function makeLayerEvidence(
  entries: readonly (string | FileEntry)[],
  overrides: Partial<Evidence> = {},
): Evidence {
  return {
    schema: 1,
    subject: { reference: 'layer', platform: 'linux/amd64' },
    layer: { copies: [] },
    tools: {},
    files: layerFiles(entries),
    elf: [],
    firstLines: {},
    facts: NO_FACTS,
    bytes: { uncompressed: 1_000_000 },
    partial: [],
    ...overrides,
  }
}

/** A finished zip with these things odd about it. */
export function makeZipEvidence(oddities: readonly ZipOddity[], overrides: Partial<Evidence> = {}): Evidence {
  const zip = { entries: 2, zip64: false, oddities }
  return makeLayerEvidence(['python/app.py'], { layer: { copies: [], zip }, ...overrides })
}

export function layerRuntime(id: RuntimeId): RuntimeFacts {
  const runtime = findRuntime(id)
  if (runtime === undefined) throw new Error(`no runtime ${id}`)
  return fromTable(runtime, { architecture: 'x86_64' })
}

/** The same with the files of a base image read. */
export function scannedRuntime(id: RuntimeId): RuntimeFacts {
  return { ...layerRuntime(id), evidence: makeRuntimeEvidence() }
}

/** A layer for these runtimes, known from the table. */
export function makeLayerSubject(
  artifact: Evidence | readonly (string | FileEntry)[],
  runtimes: readonly (RuntimeId | RuntimeFacts)[] = ['python3.13'],
  plan: Partial<LayerPlan> = {},
): Subject {
  const facts = runtimes.map((one) => (typeof one === 'string' ? layerRuntime(one) : one))
  const { runtime } = facts[0] ?? {}
  return {
    artifact: 'schema' in artifact ? artifact : makeLayerEvidence(artifact),
    runtimes: facts,
    plan: makePlan({ kind: 'layer', ...(runtime && { runtime }), ...plan }),
    now: '2026-08-15T00:00:00.000Z',
  }
}
