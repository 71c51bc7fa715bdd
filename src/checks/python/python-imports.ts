import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { LoaderProcess } from '../../loader/load.ts'
import type { Subject } from '../check.ts'
import { isWithin } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { hasBrokenModule } from './dependency-uses.ts'
import { extraUses } from './extra-uses.ts'
import { importModule } from './import-module.ts'
import type { ModuleImport } from './import-result.ts'
import { type ImportRun, importRun, moduleImport } from './import-run.ts'
import { type ImportWorld, importWorld } from './import-world.ts'
import type { Interpreter } from './interpreter.ts'
import { lackingParts } from './lacking-parts.ts'
import { distributionsThere, lackOf } from './lacking-requirements.ts'
import { mainModules } from './main-imports.ts'
import type { PartImport } from './package-parts.ts'
import { type BrokenUse, brokenUses, type Imported } from './python-uses.ts'
import { reachedPackages } from './reached-packages.ts'
import { requestedPackages } from './requested-packages.ts'
import { type ShippedModules, shippedModules } from './shipped-modules.ts'
import { uncompiledParts } from './uncompiled-parts.ts'
import { withUncompiled } from './uncompiled-requirements.ts'

/** What becomes of importing everything that the artifact ships, in one runtime. */
export type PythonImports = {
  readonly interpreter: Interpreter
  readonly packages: readonly PackageImports[]
  readonly world: ImportWorld
  /** The process once the package of a module was imported. */
  processOf(module: string): LoaderProcess
}

export type PackageImports = ShippedModules & {
  /** See requestedPackages; of the others no uses are tried. */
  readonly isRequested: boolean
  readonly imports: readonly ModuleImport[]
  /** What fails below packages that import well. */
  readonly uses: readonly BrokenUse[]
  /** Of a package whose import loads nothing, and that lacks what it requires or was never compiled: its parts, where most fail for it. */
  readonly lackingParts: readonly PartImport[]
}

const known = new WeakMap<Subject, Map<RuntimeView, PythonImports | undefined>>()

/** `undefined`: the runtime has no Python, or nobody can tell which. */
export function pythonImports(subject: Subject, view: RuntimeView): PythonImports | undefined {
  const byView = known.get(subject) ?? new Map<RuntimeView, PythonImports | undefined>()
  known.set(subject, byView)
  if (!byView.has(view)) byView.set(view, simulate(subject, view))
  return byView.get(view)
}

/** A compiled module alone, whose metadata somebody took out. */
const EXTENSION = /\.(?:cpython-\d+[\w-]*|abi3)\.so$/

function simulate(subject: Subject, view: RuntimeView): PythonImports | undefined {
  // An image or layer without Python code costs nothing.
  const { facts, files } = subject.artifact
  if (facts.python.length === 0 && !files.some(({ path }) => EXTENSION.test(path))) return undefined
  const world = importWorld(view, subject.plan.architecture)
  if (world === undefined) return undefined
  const base = commonImports(world)
  const processes = new Map<string, LoaderProcess>()
  const all = shippedModules(subject, view, world.interpreter)
  const requested = requestedPackages(all, view, world.sources)
  let broken: readonly ShippedModules[] | undefined
  const reached = reachedPackages(all)
  const there = distributionsThere(pythonDistributions(view.facts.python))
  const lack = lackOf(all, there, world.interpreter)
  const areDependenciesBroken = (one: ShippedModules): boolean => {
    broken ??= all.filter((other) => !requested.has(other) && hasBrokenModule(other, world))
    if (one.distribution === undefined && hasPassedOverBeside(world)) return true
    if (broken.length === 0) return false
    const names = reached(one)
    // Of what has no metadata nobody can tell what it needs.
    return broken.some(({ distribution }) =>
      one.distribution === undefined || distribution === undefined ? true : names.has(distribution.name),
    )
  }
  const runs: ImportRun[] = []
  const tops = new Map<ShippedModules['modules'], readonly Imported[]>()
  const importAll = (shipped: ShippedModules): PackageImports => {
    const isRequested = requested.has(shipped)
    const imported = shipped.modules.map((module) => {
      // What came with a requested package was imported with it: it is not told twice.
      const earlier = isRequested ? undefined : runs.find(({ modules }) => modules.has(module))
      const run = earlier ?? importRun(world, base)
      if (earlier === undefined) importModule(run, module)
      processes.set(module, run.process)
      return { run, result: earlier === undefined ? moduleImport(module, run) : importedBefore(module) }
    })
    if (isRequested) {
      runs.push(...imported.map(({ run }) => run))
      tops.set(shipped.modules, imported)
    }
    const main = mainModules(shipped)
    const mains = imported.filter(({ result: { module } }) => main?.includes(module) ?? true)
    const uses = isRequested
      ? [
          ...brokenUses(shipped, mains, world, () => areDependenciesBroken(shipped)),
          ...extraUses(shipped, mains, there, world),
        ]
      : []
    const lacks = isRequested ? lack(shipped) : undefined
    const lacking = lacks === undefined ? [] : lackingParts(imported, lacks, world)
    const results = imported.map(({ result }) => result)
    return {
      ...shipped,
      isRequested,
      imports: results,
      uses,
      lackingParts:
        isRequested && lacks !== 'own' && lacking.length === 0 ? uncompiledParts(shipped, imported, world) : lacking,
    }
  }
  const asked = new Map(all.filter((one) => requested.has(one)).map((one) => [one, importAll(one)]))
  const packages = withUncompiled(
    all.map((one) => asked.get(one) ?? importAll(one)),
    (one) => tops.get(one.modules) ?? [],
    reached,
    world,
  )
  const processOf = (module: string): LoaderProcess => {
    for (let name = module; name !== ''; name = name.slice(0, Math.max(name.lastIndexOf('.'), 0))) {
      const process = processes.get(name)
      if (process !== undefined) return process
    }
    return world.process
  }
  return { interpreter: world.interpreter, packages, world, processOf }
}

/** Modules beside packages that bear no public name and that this Python does not look at: cffi's, without its metadata. */
function hasPassedOverBeside({ files, interpreter: { path } }: ImportWorld): boolean {
  return files.below(path).some((name) => name.startsWith('_') && files.find(name, path) === undefined)
}

function importedBefore(module: string): ModuleImport {
  return { module, failures: [], caught: [], files: [], open: [] }
}

// What nearly every package imports, and what brings no library of the system in (as `random`, by way of OpenSSL, would).
const COMMON =
  're typing enum functools collections contextlib dataclasses inspect importlib types os pathlib json copy weakref threading logging datetime textwrap traceback'

/** A process with the common part of the standard library, or nothing when the artifact brings modules of such names. */
function commonImports(world: ImportWorld): ImportRun | undefined {
  const library = world.interpreter.standardLibrary
  if (library === undefined) return undefined
  const run = importRun(world)
  for (const name of COMMON.split(' ')) importModule(run, name)
  const isOwn = [...run.modules.values()].every(({ path }) => path === undefined || isWithin(path, library))
  return isOwn && run.failures.length === 0 && [...run.files.values()].every(({ fails }) => !fails) ? run : undefined
}
