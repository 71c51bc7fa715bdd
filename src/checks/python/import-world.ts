import { posix } from 'node:path'
import type { ElfFile } from '../../inspect/evidence.ts'
import type { CompiledModule, PythonModule } from '../../inspect/python/python-file.ts'
import { type Architecture, architectureRow } from '../../lambda/architecture.ts'
import { type LoaderProcess, loadInto, startProcess } from '../../loader/load.ts'
import { failsToLoad, type LoadResult } from '../../loader/load-result.ts'
import { loaderSystem } from '../../loader/loader-system.ts'
import { isWithin } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { type Interpreter, pythonInterpreter } from './interpreter.ts'
import { distributionsThere, lackingRequirements } from './lacking-requirements.ts'
import { misfits } from './misfits.ts'
import { type ModuleFiles, moduleFiles } from './module-files.ts'
import { plainRequirement } from './requirement-marker.ts'

/** What imports of one runtime depend on and do not change. */
export type ImportWorld = {
  readonly view: RuntimeView
  readonly interpreter: Interpreter
  readonly files: ModuleFiles
  readonly sources: ReadonlyMap<string, PythonModule>
  /** The interpreter's process before it imports anything. */
  readonly process: LoaderProcess
  elf(path: string): ElfFile | undefined
  /** `a`, `a.b`, `a.b.c` of `a.b.c`. */
  wayTo(name: string): readonly string[]
  /** `dlopen` of a file. `fails` counts undefined symbols: Python asks for all of them at once (RTLD_NOW). */
  load(process: LoaderProcess, file: ElfFile): NativeAttempt
  /** `dlopen` by names that the loader looks for, as the module at `path` asks for them. */
  loadNamed(process: LoaderProcess, path: string, sonames: readonly string[]): NativeAttempt
  /** Some native file is cut off. */
  readonly hasTruncated: boolean
  someLibrary(wanted: (file: ElfFile) => boolean): boolean
  /** Native files by the last part of their path. */
  libraries(name: string): readonly ElfFile[]
  /** Libraries in Python's folders that are no modules: `lib_lightgbm.so`. */
  readonly ownLibraries: readonly ElfFile[]
  /** True for compiled modules of distributions that cannot do without cffi. */
  usesCffi(path: string): boolean
  /** Whether a distribution of this normalised name has metadata on Python's path. */
  hasMetadata(name: string): boolean
  /** Whether a shipped distribution requires one of this name, and nobody has it. */
  lacks(name: string): boolean
  /** Modules that a compiled module imports before anything else. */
  importsOf(path: string): readonly string[]
  /** The version of the NumPy that is there, when the compiled module cannot work with it. */
  refusedNumpy(path: string): string | undefined
  /** Whether the distribution of one file says that it does not take the version of the other file's. */
  refuses(path: string, other: string): boolean
  /** Whether such a module can be imported all the same. */
  goesOnWithoutNumpy(path: string): boolean
}

export type NativeAttempt = { readonly result: LoadResult; readonly fails: boolean; readonly process: LoaderProcess }

export function importWorld(view: RuntimeView, architecture: Architecture): ImportWorld | undefined {
  const interpreter = pythonInterpreter(view, architecture)
  if (interpreter === undefined) return undefined
  const { process } = startProcess(loaderSystem(view, architecture), interpreter.program)
  const attempts = new WeakMap<LoaderProcess, Map<ElfFile, NativeAttempt>>()
  const ways = new Map<string, readonly string[]>()
  let byName: Map<string, ElfFile[]> | undefined
  let own: readonly ElfFile[] | undefined
  let truncated: boolean | undefined
  let cffi: ReadonlySet<string> | undefined
  let metadata: ReadonlySet<string> | undefined
  let lacking: ReadonlySet<string> | undefined
  let versions: ReturnType<typeof misfits> | undefined
  const compiled = new Map<string, CompiledModule>()
  const sources = new Map<string, PythonModule>()
  for (const fact of view.facts.python) {
    if (fact.kind === 'module') sources.set(fact.path, fact)
    else if (fact.kind === 'compiled') compiled.set(fact.path, fact)
  }
  return {
    view,
    interpreter,
    files: moduleFiles(view, interpreter),
    sources,
    process,
    elf: (path) => view.tree.elf.get(path),
    // The same modules are asked for thousands of times.
    wayTo(name) {
      let way = ways.get(name)
      if (way === undefined) {
        way = wayTo(name)
        ways.set(name, way)
      }
      return way
    },
    load(before, file) {
      let known = attempts.get(before)
      if (known === undefined) {
        known = new Map<ElfFile, NativeAttempt>()
        attempts.set(before, known)
      }
      let attempt = known.get(file)
      if (attempt === undefined) {
        attempt = attemptOf(before, file)
        known.set(file, attempt)
      }
      return attempt
    },
    loadNamed: (before, path, needed) =>
      attemptOf(before, { ...NAMELESS, machine: architectureRow(architecture).elfMachine, path, needed }),
    get hasTruncated() {
      truncated ??= [...view.tree.elf.values()].some((file) => file.truncated === true)
      return truncated
    },
    someLibrary: (wanted) => [...view.tree.elf.values()].some(wanted),
    libraries(name) {
      byName ??= filesByName(view)
      return byName.get(name) ?? []
    },
    get ownLibraries() {
      own ??= [...view.tree.elf.values()].filter(
        ({ path }) => LIBRARY.test(path) && interpreter.path.some((folder) => isWithin(path, folder)),
      )
      return own
    },
    usesCffi(path) {
      cffi ??= cffiModules(view, interpreter)
      return cffi.has(path)
    },
    hasMetadata(name) {
      metadata ??= namesWithMetadata(view, interpreter)
      return metadata.has(name)
    },
    lacks(name) {
      lacking ??= lackingNames(view, interpreter)
      return lacking.has(name.toLowerCase().replace(/[-_.]+/g, '-'))
    },
    importsOf: (path) => compiled.get(path)?.imports ?? [],
    refusedNumpy(path) {
      if (compiled.get(path)?.numpy === undefined) return undefined
      return numpy2(view, interpreter)
    },
    refuses(path, other) {
      versions ??= misfits(view)
      return versions(path, other)
    },
    goesOnWithoutNumpy: (path) => compiled.get(path)?.goesOnWithoutNumpy === true,
  }
}

/** Stands for a module that opens libraries. */
const NAMELESS = {
  class: 64,
  littleEndian: true,
  osAbi: 0,
  type: 3,
  versionsNeeded: [],
  versionsDefined: [],
} as const satisfies Partial<ElfFile>

const LIBRARY = /\/lib[^/]*\.so(?:\.\d+)*$/

function attemptOf(before: LoaderProcess, file: ElfFile): NativeAttempt {
  const loaded = loadInto(before, file)
  const { result } = loaded
  const fails = failsToLoad(result) || result.undefinedSymbols.length > 0
  return {
    result,
    fails,
    // Put together when somebody goes on from it: who only asks whether a file can be loaded does not.
    get process() {
      return fails ? before : loaded.process
    },
  }
}

function wayTo(name: string): readonly string[] {
  const way: string[] = []
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) way.push(name.slice(0, dot))
  return [...way, name]
}

function filesByName({ tree }: RuntimeView): Map<string, ElfFile[]> {
  const byName = new Map<string, ElfFile[]>()
  for (const file of tree.elf.values()) {
    const name = file.path.slice(file.path.lastIndexOf('/') + 1)
    const same = byName.get(name)
    if (same === undefined) byName.set(name, [file])
    else same.push(file)
  }
  return byName
}

function cffiModules({ facts }: RuntimeView, { minor }: Interpreter): ReadonlySet<string> {
  const isCffi = (requirement: string): boolean => plainRequirement(requirement, minor)?.name === 'cffi'
  return new Set(
    facts.python.flatMap((fact) => {
      if (fact.kind !== 'distribution' || !fact.requires?.some(isCffi)) return []
      const site = posix.dirname(fact.path)
      return (fact.record?.native ?? []).map((path) => `${site}/${path}`)
    }),
  )
}

/** By what was read of them, and by the names of folders and of old tools' files. */
function namesWithMetadata({ tree, facts }: RuntimeView, { path }: Interpreter): ReadonlySet<string> {
  const read = facts.python.filter((fact) => fact.kind === 'distribution' && path.includes(posix.dirname(fact.path)))
  const entries = path.flatMap((folder) => tree.childrenOf(folder))
  const named = entries.flatMap(({ path: entry }) => {
    const [, name] = /([^/]+?)(?:-[^/-]*(?:-py[\d.]+)?)?\.(?:dist|egg)-info$/.exec(entry) ?? []
    return name === undefined ? [] : [name.toLowerCase().replace(/[-_.]+/g, '-')]
  })
  return new Set([...read.flatMap((fact) => (fact.kind === 'distribution' ? [fact.name] : [])), ...named])
}

function lackingNames({ facts }: RuntimeView, { minor }: Interpreter): ReadonlySet<string> {
  const distributions = facts.python.flatMap((fact) => (fact.kind === 'distribution' ? [fact] : []))
  const there = distributionsThere(facts.python)
  return new Set(distributions.flatMap((one) => lackingRequirements(one, there, minor)))
}

/** The version of NumPy when that is 2 or newer; without metadata by where its core lies. */
function numpy2({ facts, tree }: RuntimeView, { path }: Interpreter): string | undefined {
  for (const fact of facts.python)
    if (fact.kind === 'distribution' && fact.name === 'numpy' && path.includes(posix.dirname(fact.path)))
      return Number.parseInt(fact.version, 10) >= 2 ? fact.version : undefined
  const cores = path.flatMap((folder) => tree.childrenOf(`${folder}/numpy/_core`))
  return cores.some((core) => /\/_multiarray_umath\.[^/]*\.so$/.test(core.path)) ? '2' : undefined
}
