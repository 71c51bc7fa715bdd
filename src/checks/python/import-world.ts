import type { ElfFile } from '../../inspect/evidence.ts'
import { normalisedName } from '../../inspect/python/distribution-name.ts'
import type { CompiledModule, PythonDistribution, PythonModule } from '../../inspect/python/python-file.ts'
import type { Architecture } from '../../lambda/architecture.ts'
import { type LoaderProcess, startProcess } from '../../loader/load.ts'
import { loaderSystem } from '../../loader/loader-system.ts'
import { isWithin } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { distributionOf } from './distribution-names.ts'
import { lackingNames, modulesRequiring, namesWithMetadata, numpy2, versionOf } from './installed-distributions.ts'
import { type Interpreter, pythonInterpreter } from './interpreter.ts'
import { distributionsOf, misfits } from './misfits.ts'
import { type ModuleFiles, moduleFiles } from './module-files.ts'
import { type NativeAttempts, nativeAttempts } from './native-attempts.ts'

/** What imports of one runtime depend on and do not change. */
export type ImportWorld = NativeAttempts & {
  readonly view: RuntimeView
  readonly interpreter: Interpreter
  readonly files: ModuleFiles
  readonly sources: ReadonlyMap<string, PythonModule>
  /** The interpreter's process before it imports anything. */
  readonly process: LoaderProcess
  elf(path: string): ElfFile | undefined
  /** `a`, `a.b`, `a.b.c` of `a.b.c`. */
  wayTo(name: string): readonly string[]
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
  /** Its version, when one distribution of this normalised name is there. */
  versionOf(name: string): string | undefined
  /** Whether a shipped distribution requires the one that brings the module, and nobody has it. */
  lacks(name: string): boolean
  /** Modules that a compiled module imports before anything else. */
  importsOf(path: string): readonly string[]
  /** Whether a second attempt to initialize the compiled module raises ImportError, whatever the first one raised. */
  isInitializedOnce(path: string): boolean
  /** Whether the compiled module needs NumPy to be loaded, which its package requires. */
  asksForNumpy(path: string): boolean
  /** The version of the NumPy that is there, when the compiled module cannot work with it. */
  refusedNumpy(path: string): string | undefined
  /** What a file belongs to, when that has metadata. */
  distributionOf(path: string): PythonDistribution | undefined
  /** Whether the distribution of one file says that it does not take the version of the other file's. */
  refuses(path: string, other: string): boolean
  /** Whether such a module can be imported all the same. */
  goesOnWithoutNumpy(path: string): boolean
}

export function importWorld(view: RuntimeView, architecture: Architecture): ImportWorld | undefined {
  const interpreter = pythonInterpreter(view, architecture)
  if (interpreter === undefined) return undefined
  const { process } = startProcess(loaderSystem(view, architecture), interpreter.program)
  const ways = new Map<string, readonly string[]>()
  let byName: Map<string, ElfFile[]> | undefined
  let own: readonly ElfFile[] | undefined
  let truncated: boolean | undefined
  let cffi: ReadonlySet<string> | undefined
  let numpy: ReadonlySet<string> | undefined
  let metadata: ReadonlySet<string> | undefined
  let lacking: ReadonlySet<string> | undefined
  let owners: ReturnType<typeof distributionsOf> | undefined
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
    ...nativeAttempts(architecture),
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
      cffi ??= modulesRequiring('cffi', view, interpreter)
      return cffi.has(path)
    },
    hasMetadata(name) {
      metadata ??= namesWithMetadata(view, interpreter)
      return metadata.has(name)
    },
    versionOf: (name) => versionOf(name, view, interpreter),
    lacks(name) {
      lacking ??= lackingNames(view, interpreter)
      return lacking.has(normalisedName(name)) || lacking.has(normalisedName(distributionOf(name)))
    },
    importsOf: (path) => compiled.get(path)?.imports ?? [],
    isInitializedOnce: (path) => compiled.get(path)?.once === true,
    asksForNumpy(path) {
      if (compiled.get(path)?.fillsNumpy === undefined) return false
      numpy ??= modulesRequiring(NUMPY, view, interpreter)
      return numpy.has(path)
    },
    refusedNumpy(path) {
      if (compiled.get(path)?.numpy === undefined) return undefined
      return numpy2(view, interpreter)
    },
    distributionOf(path) {
      owners ??= distributionsOf(view)
      return owners(path)
    },
    refuses(path, other) {
      versions ??= misfits(this.distributionOf)
      return versions(path, other)
    },
    goesOnWithoutNumpy: (path) => compiled.get(path)?.goesOnWithoutNumpy === true,
  }
}

const NUMPY = 'numpy'
const LIBRARY = /\/lib[^/]*\.so(?:\.\d+)*$/

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
