import type { Subject } from '../../../src/checks/check.ts'
import type { ElfFile, FileEntry } from '../../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../../src/inspect/fact-readers.ts'
import type { CompiledModule, PythonDistribution, PythonFile } from '../../../src/inspect/python/python-file.ts'
import { pythonReader } from '../../../src/inspect/python/python-reader.ts'
import { readRequirement } from '../../../src/inspect/python/requirement.ts'
import { findRuntime } from '../../../src/lambda/runtimes.ts'
import { baseElf, baseFiles, makeDirectory, makeElf, makeEvidence, makeFile } from '../../builders/evidence.ts'
import { makePlan } from '../../builders/plan.ts'
import { makeRuntimeEvidence, makeRuntimeFacts, makeSubject } from '../../builders/subject.ts'

export const SITE = '/opt/python'

/** What a layer holds below /opt/python: sources by path, native files, distributions. */
export type PythonLayer = {
  readonly sources?: Readonly<Record<string, string>>
  /** Extension modules and libraries that load, or otherwise as given. */
  readonly native?: Readonly<Record<string, Partial<ElfFile>>>
  /** Files that are no ELF files. */
  readonly other?: readonly string[]
  /** Files for macOS. */
  readonly foreign?: readonly string[]
  readonly distributions?: readonly DistributionDraft[]
  /** Modules that compiled files import, by the file. */
  readonly compiled?: Readonly<Record<string, readonly string[]>>
  /** Those of them that PyO3 initializes once. */
  readonly once?: readonly string[]
  /** Compiled files that were made for NumPy 1. */
  readonly numpy1?: readonly string[]
  /** Such that fill in NumPy's interface. */
  readonly fillsNumpy?: readonly string[]
  /** Such that go on without NumPy. */
  readonly pybind1?: readonly string[]
}

/** Requirements as METADATA has them. */
export type DistributionDraft = Partial<Omit<PythonDistribution, 'requires'>> & {
  readonly requires?: readonly string[]
}

const LIBRARY = '/var/lang/lib/python3.11'

/** A layer for `python3.11` on the AWS base, read; its standard library is a few modules. */
export function makePythonLayer(layer: PythonLayer, runtime = 'python3.11'): Subject {
  const sources = Object.entries(layer.sources ?? {}).map(([path, text]) => [`${SITE}/${path}`, text] as const)
  const native = Object.entries(layer.native ?? {}).map(([path, facts]) => makeElf(`${SITE}/${path}`, facts))
  const files = [
    ...sources.map(([path]) => path),
    ...native.map(({ path }) => path),
    ...[...(layer.other ?? []), ...(layer.foreign ?? [])].map((path) => `${SITE}/${path}`),
  ]
  const {
    image: _,
    manifest: __,
    ...artifact
  } = makeEvidence({
    files: withFolders(files.map((path) => makeFile(path))),
    elf: native,
    facts: {
      ...NO_FACTS,
      foreign: (layer.foreign ?? []).map((path) => ({
        path: `${SITE}/${path}`,
        format: 'mach-o',
        processors: ['arm64'],
        size: 100,
      })),
      python: [
        ...modules(sources),
        ...(layer.distributions ?? []).map(distribution),
        ...Object.entries(layer.compiled ?? {}).map(([path, imports]) =>
          compiled(path, { imports, ...(layer.once?.includes(path) === true ? { once: true } : {}) }),
        ),
        ...(layer.numpy1 ?? []).map((path) => compiled(path, { imports: [], numpy: 1 })),
        ...(layer.fillsNumpy ?? []).map((path) => compiled(path, { imports: [], fillsNumpy: true })),
        ...(layer.pybind1 ?? []).map((path) => compiled(path, { imports: [], numpy: 1, goesOnWithoutNumpy: true })),
      ],
    },
  })
  const library = ['os', 'typing', 'ctypes', 'json'].map((name) => makeFile(`${LIBRARY}/${name}.py`))
  const program = makeElf('/var/lang/bin/python3.11', { type: 2 })
  const evidence = makeRuntimeEvidence({
    files: withFolders([...baseFiles(), ...library, makeFile(program.path, { mode: 0o755 })]),
    elf: [...baseElf(), program],
    tools: { python: '3.11.9' },
  })
  return makeSubject({
    artifact,
    plan: makePlan({ kind: 'layer' }),
    runtimes: [{ ...makeRuntimeFacts(evidence), ...runtimeOf(runtime) }],
  })
}

function runtimeOf(id: string) {
  const runtime = findRuntime(id)
  return runtime === undefined ? {} : { runtime }
}

function modules(sources: readonly (readonly [string, string])[]): readonly PythonFile[] {
  const drafts = sources.map(([path, text]) => [path, pythonReader.read(makeFile(path), Buffer.from(text))] as const)
  return pythonReader.finish(new Map(drafts.flatMap(([path, draft]) => (draft === undefined ? [] : [[path, draft]]))))
}

function compiled(path: string, facts: Omit<CompiledModule, 'kind' | 'path'>): PythonFile {
  return { kind: 'compiled', path: `${SITE}/${path}`, ...facts }
}

function distribution({ name = 'fastmath', requires, ...rest }: DistributionDraft): PythonDistribution {
  const version = rest.version ?? '1.0'
  const required = requires?.flatMap((line) => readRequirement(line) ?? [])
  return {
    kind: 'distribution',
    path: `${SITE}/${name}-${version}.dist-info`,
    name,
    version,
    ...rest,
    ...(required === undefined ? {} : { requires: required }),
  }
}

function withFolders(files: readonly FileEntry[]): readonly FileEntry[] {
  const folders = new Set<string>()
  for (const { path } of files)
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.add(path.slice(0, at))
  const known = new Set(files.map(({ path }) => path))
  return [...[...folders].filter((path) => !known.has(path)).map((path) => makeDirectory(path)), ...files]
}

/** RECORD of a package `fastmath` with these compiled files. */
export function makeRecord(...native: readonly string[]) {
  return { files: native.length + 5, native, modules: ['fastmath'], others: [] }
}
