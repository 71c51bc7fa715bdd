import { posix } from 'node:path'
import { isFile } from '../facts/image-tree.ts'
import { deeperUse, mostOfItsParts } from './deeper-uses.ts'
import { dependencyUses } from './dependency-uses.ts'
import { foreignLibraries } from './foreign-libraries.ts'
import { importModule } from './import-module.ts'
import { filesOf, guardedFiles, type ImportFailure, type ModuleImport } from './import-result.ts'
import { type ImportRun, importRun } from './import-run.ts'
import type { ImportWorld } from './import-world.ts'
import { withoutSuffix } from './module-name.ts'
import { isBroken, nativeModules } from './native-modules.ts'
import { insistsOn } from './needed-modules.ts'
import { givesUpWhere, isGone, openedLibraries, opensLibraries } from './opened-libraries.ts'
import { importParts, type PartImport, partsOf } from './package-parts.ts'
import type { ShippedModules } from './shipped-modules.ts'
import { systemLibraryUses } from './system-library-uses.ts'

/** The import of a part of a package that imports well by itself: `PIL.Image`, and the native file that it fails for. */
export type BrokenUse = { readonly module: string; readonly file: string; readonly failure: ImportFailure }

export type Imported = { readonly run: ImportRun; readonly result: ModuleImport }

/** Share of the parts that makes it more than a plug-in: SciPy without its optimizers, Pillow without its core. */
const ENOUGH = 0.25
const LEAST = 3
/** Fewer are a plug-in even where no other native module loads: Shapely's, which opens its library itself. */
const A_PART = 0.1
/** What packages are meant to be used by when they load nothing themselves: `import statsmodels.api`. */
const ENTRANCE = /\.api$/
// Of a package with more the first ones tell.
const MOST_PARTS = 120

/**
 * Packages whose import succeeds although nothing in them works, because it loads nothing: Pillow, lxml, cryptography.
 * Their parts are imported one by one when native modules of theirs cannot be loaded.  What breaks many of them, or the
 * one that it lies in, is needed; so is everything when no native module of the distribution can be loaded.
 */
export function brokenUses(
  shipped: ShippedModules,
  tops: readonly Imported[],
  world: ImportWorld,
  areDependenciesBroken: () => boolean,
): readonly BrokenUse[] {
  const { native } = shipped
  const own = new Set(nativeModules(native, world))
  if (own.size === 0) {
    if (openedLibraries(native).length > 0) return onlyLibraries(native, tops, world)
    const foreign = foreignLibraries(shipped, tops, world)
    if (foreign.length > 0) return goneLibraries(foreign, tops, world)
    const wrapping = systemLibraryUses(tops, world)
    return wrapping.length > 0 || !areDependenciesBroken() ? wrapping : dependencyUses(tops, world)
  }
  const seen = tops.flatMap(({ result }) => result.failures).flatMap(filesOf)
  // The import of the package tells it already.
  if (seen.some((path) => own.has(path))) return []
  const caught = new Set(tops.flatMap(({ result }) => result.caught).flatMap(guardedFiles))
  const broken = new Set(
    [...own].filter((path) => !caught.has(path) && isBroken(path, tops[0]?.run.process ?? world.process, world)),
  )
  const found = broken.size === 0 ? [] : uses(broken, own, tops, world)
  if (found.length > 0) return found
  // It goes on without its own code, or that loads, and asks for what another distribution was to bring: cryptography's for cffi's.
  return areDependenciesBroken() ? dependencyUses(tops, world) : []
}

/** A package whose native code is libraries that it opens itself: all are gone. */
function onlyLibraries(
  native: ShippedModules['native'],
  tops: readonly Imported[],
  world: ImportWorld,
): readonly BrokenUse[] {
  const libraries = openedLibraries(native)
  if (libraries.length === 0 || !libraries.every((library) => isGone(library, world))) return []
  if (!tops.some(({ result }) => opensLibraries(result.module, world))) return []
  const guarded = tops.flatMap(({ result }) =>
    result.caught.filter((one) => !givesUpWhere(one, world)).flatMap(guardedFiles),
  )
  if (libraries.some((library) => guarded.includes(library))) return []
  return goneLibraries(libraries, tops, world)
}

function goneLibraries(
  libraries: readonly string[],
  [top]: readonly Imported[],
  world: ImportWorld,
): readonly BrokenUse[] {
  if (top === undefined) return []
  return libraries.map((library) => {
    const found = world.elf(library)
    const result = found === undefined ? {} : { result: world.load(world.process, found).result }
    const failure: ImportFailure = {
      exception: 'OSError',
      cause: { kind: 'load', file: library, ...result },
      chain: [],
      caught: false,
    }
    return { module: top.result.module, file: library, failure }
  })
}

function uses(
  broken: ReadonlySet<string>,
  own: ReadonlySet<string>,
  tops: readonly Imported[],
  world: ImportWorld,
): readonly BrokenUse[] {
  const all = broken.size === own.size
  const guarded = new Set<string>()
  const found: BrokenUse[] = []
  for (const { run, result } of tops) {
    // A package that loads native code of its own at once is there for that; parts with code of their own are plug-ins.
    const isHollow = !result.files.some(({ file, fails }) => !fails && own.has(file))
    const parts = partsOf(run, result.module, world).slice(0, MOST_PARTS)
    const failed = importParts(parts, run, world)
    const caught = new Set(failed.flatMap(({ caughtFiles }) => caughtFiles))
    for (const path of caught) guarded.add(path)
    const failing = failed.filter(({ failures }) =>
      failures.some((one) => filesOf(one).some((path) => broken.has(path))),
    )
    const byFile = firstFailures(failed)
    for (const file of broken) {
      const ofFile = byFile.get(file) ?? []
      const [first] = ofFile
      if (first === undefined) continue
      const isMuch =
        ofFile.length >= Math.max(parts.length * ENOUGH, LEAST) || ofFile.some(({ module }) => ENTRANCE.test(module))
      // `lz4.frame`, whose own the file is.
      const isOwn = isHollow ? ofFile.find(({ module }) => file.startsWith(`${folderOf(module, file)}/`)) : undefined
      if (isMuch) found.push(first)
      else if (ofFile.length < parts.length * A_PART) continue
      else if (!caught.has(file) && (isOwn !== undefined || (all && failing.length > 0))) found.push(isOwn ?? first)
    }
    if (found.length > 0) continue
    // Parts that are compiled modules themselves, as ssh2-python's and those of PyQt, each fail for their own file.
    const isMost = isHollow && failing.length * 2 > parts.length
    const each = [...byFile].flatMap(([file, [first]]) => (broken.has(file) && first !== undefined ? [first] : []))
    if (!all) {
      if (isMost) found.push(...each)
      continue
    }
    // Which of several ways a package takes deep inside is not followed, unless the source there refuses to be taken.
    const refusing = new Set([...broken].filter((file) => isFile(world.view.tree.resolve(`${withoutSuffix(file)}.py`))))
    const deeper = refusing.size === 0 ? undefined : deeperUse(refusing, parts, run, world)
    if (deeper !== undefined) found.push(deeper)
    else if (failing.length === 0) found.push(...mostOfItsParts(broken, parts, run, world))
    else if (isMost) found.push(...each)
  }
  if (found.length === 0 && all) {
    const unguarded = [...broken].filter((path) => !guarded.has(path) || isInsistedOn(path, tops, world))
    found.push(...topLevelUses(unguarded, world))
  }
  return found
}

/** Somewhere it does without it, and elsewhere a call cannot: cffi's `commontypes`, and `FFI()`. */
function isInsistedOn(file: string, tops: readonly Imported[], { sources }: ImportWorld): boolean {
  const folders = tops.map(({ result }) => `${posix.dirname(file)}/${result.module.replaceAll('.', '/')}/`)
  const module = withoutSuffix(posix.basename(file))
  return [...sources.values()].some(
    ({ path, steps }) => folders.some((folder) => path.startsWith(folder)) && insistsOn(module, steps),
  )
}

/** By native file the parts that fail for it, each with its first failure of that file. */
function firstFailures(failed: readonly PartImport[]): ReadonlyMap<string, readonly BrokenUse[]> {
  const byFile = new Map<string, BrokenUse[]>()
  for (const { module, failures } of failed)
    for (const failure of failures)
      for (const file of filesOf(failure)) {
        const uses = byFile.get(file) ?? []
        byFile.set(file, uses)
        if (uses.at(-1)?.module !== module) uses.push({ module, file, failure })
      }
  return byFile
}

/** Where a part lies, as a package in the folders that the file's path names. */
function folderOf(module: string, file: string): string {
  const below = `/${module.replaceAll('.', '/')}/`
  const at = file.indexOf(below)
  return at === -1 ? file : file.slice(0, at + below.length - 1)
}

/** Extension modules beside packages: `_cffi_backend`, which nothing loads before the first call. */
function topLevelUses(broken: readonly string[], world: ImportWorld): readonly BrokenUse[] {
  return broken.flatMap((file) => {
    if (!world.interpreter.path.includes(posix.dirname(file))) return []
    const module = withoutSuffix(posix.basename(file))
    const run = importRun(world)
    importModule(run, module)
    const failure = run.failures.find((one) => filesOf(one).includes(file))
    return failure === undefined ? [] : [{ module, file, failure }]
  })
}
