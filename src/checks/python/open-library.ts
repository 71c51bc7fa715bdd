import { posix } from 'node:path'
import type { ElfFile } from '../../inspect/evidence.ts'
import { libraryStem } from '../../inspect/python/python-calls.ts'
import type { LibraryStep } from '../../inspect/python/python-step.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import type { FailureCause } from './import-result.ts'
import type { ImportRun, Outcome } from './import-run.ts'
import type { ImportWorld } from './import-world.ts'
import { loadByName, loadNative } from './load-native.ts'
import type { ModuleState, Value } from './module-state.ts'

const SONAME = /^lib[^/\s]*\.so(?:\.\d+)*$/
/** A module by its dotted name, as PyCryptodome asks for its own: `Crypto.Cipher._raw_ecb`. */
const MODULE = /^[A-Za-z_]\w*(?:\.\w+)+$/

/**
 * `ctypes.CDLL(…)` with the string literals that the call holds, or the one name that the file holds: a file near the
 * module, one that the package ships, or what the loader finds; any of several names will do. Of a call without a name
 * in a package that ships several libraries nobody can tell.
 */
export function openLibrary(
  run: ImportRun,
  module: ModuleState,
  { open: literals, near, isGuess }: LibraryStep,
): Outcome {
  const own = near === undefined || module.path === undefined ? undefined : fileBelow(module.path, near, run.world.view)
  if (own !== undefined) return loadNative(run, own, 'OSError')
  if (module.path === undefined || (isGuess === true && shipsNative(run, module))) return undefined
  const names = literals.map((literal) => posix.basename(literal))
  const isFile = (name: string): boolean => /\.so(?:\.\d+)*$/.test(name)
  const name = names.find(isFile)
  const file =
    literals.length === 0
      ? onlyLibrary(run, module)
      : name === undefined
        ? undefined
        : below(run.world.libraries(name), posix.dirname(module.path))
  if (file !== undefined) return loadNative(run, file.path, 'OSError')
  const dotted =
    literals.length > 0 && MODULE.test(literals[0] ?? '') && !literals.some(isFile) ? literals[0] : undefined
  if (dotted !== undefined && isOwn(dotted, module)) return openModule(run, dotted)
  return ofSystem(run, module, literals, isGuess === true)
}

/** By the loader's search. Only names that a loader would look for anywhere are judged, and only in a runtime that was read. */
function ofSystem(run: ImportRun, module: ModuleState, literals: readonly string[], isGuess: boolean): Outcome {
  const { world } = run
  const sonames = literals.flatMap((literal) => soname(literal, world.view) ?? [])
  const isOfName = namesake(sonames)
  const shipped = world.ownLibraries.find(isOfName)
  if (shipped !== undefined && sonames.length > 0 && isRead(world)) return loadNative(run, shipped.path, 'OSError')
  if (!isNowhere(sonames, world)) return undefined
  // Linux comes after other systems.
  return loadByName(run, module.path ?? '', isGuess ? sonames.slice(-1) : sonames)
}

/** `find_library`: None when no library of these names is anywhere. */
export function findLibrary(run: ImportRun, { path = '' }: ModuleState, sonames: readonly string[]): Value {
  if (!isNowhere(sonames, run.world)) return 'unknown'
  const { result, fails } = run.world.loadNamed(run.process, path, sonames.slice(0, 1))
  if (!fails) return 'unknown'
  const cause: FailureCause = { kind: 'load', file: path, result }
  run.notFound.push({ exception: 'OSError', cause, chain: [...run.chain], caught: false })
  return 'nowhere'
}

function isRead({ interpreter: { program, standardLibrary } }: ImportWorld): boolean {
  return program !== undefined && standardLibrary !== undefined
}

/** A path of the system's is looked for like its name when nothing is there. */
function soname(literal: string, { tree }: RuntimeView): string | undefined {
  const name = literal.startsWith('/') && tree.resolve(literal) === undefined ? posix.basename(literal) : literal
  return SONAME.test(name) ? name : undefined
}

function namesake(sonames: readonly string[]): (file: Pick<ElfFile, 'path'>) => boolean {
  const stems = [...new Set(sonames.map(libraryStem))].map((stem) => new RegExp(`^lib${escaped(stem)}(?![a-z])`, 'i'))
  return ({ path }) => stems.some((stem) => stem.test(posix.basename(path)))
}

function isNowhere(sonames: readonly string[], world: ImportWorld): boolean {
  if (sonames.length === 0 || !isRead(world)) return false
  const stems = sonames.map(libraryStem)
  // `rtree.libs/libspatialindex-e5350069.so` in place of `libspatialindex_c.so`: found by code that is not followed.
  const isSimilar = world.ownLibraries.some(({ path }) => {
    const [name = ''] = libraryStem(posix.basename(path)).split(/[-.]/, 1)
    return name.length >= 4 && stems.some((stem) => stem.startsWith(name))
  })
  // Under which of its names a library is asked for is not followed.
  return !isSimilar && !world.someLibrary(namesake(sonames))
}

function openModule(run: ImportRun, name: string): Outcome {
  const { files, interpreter } = run.world
  const at = name.lastIndexOf('.')
  const folder = `${name.slice(0, at).replaceAll('.', '/')}`
  const short = name.slice(at + 1)
  const folders = interpreter.path.map((root) => `${root}/${folder}`)
  const found = files.find(short, folders)
  if (found?.kind === 'extension') return loadNative(run, found.path, 'OSError')
  const [passedOver] = files.passedOver(short, folders)
  return passedOver === undefined ? undefined : loadNative(run, passedOver.path, 'OSError')
}

function isOwn(name: string, module: ModuleState): boolean {
  return name.split('.', 1)[0] === module.name.split('.', 1)[0]
}

function onlyLibrary(run: ImportRun, module: ModuleState): ElfFile | undefined {
  const root = rootOf(module)
  return root === undefined ? undefined : below(run.world.ownLibraries, root)
}

/** Anything that the package may open under a name that nobody knows. */
function shipsNative({ world }: ImportRun, module: ModuleState): boolean {
  const root = rootOf(module)
  return root === undefined || world.someLibrary(({ path }) => path.startsWith(`${root}/`))
}

function rootOf({ path = '', name }: ModuleState): string | undefined {
  // `a.b.c` lies two folders deep in its package, a package's own code one more.
  const depth = name.split('.').length - (/\/__init__\.py$/.test(path) ? 0 : 1)
  return depth === 0 ? undefined : path.split('/').slice(0, -depth).join('/')
}

// `_kernel/cpp/kernel.so` of `_kernel/tools.py`.
const DEEPEST = 3

/** The one file of that name in the module's folder or below, whatever it is. */
function fileBelow(module: string, name: string, { tree }: RuntimeView): string | undefined {
  const found: string[] = []
  const look = (folder: string, depth: number): void => {
    for (const { path, type } of tree.childrenOf(folder)) {
      if (type === 'directory') {
        if (depth < DEEPEST) look(path, depth + 1)
      } else if (posix.basename(path) === name) found.push(tree.resolve(path)?.path ?? path)
    }
  }
  look(posix.dirname(module), 0)
  return found.length === 1 ? found[0] : undefined
}

function below(files: readonly ElfFile[], folder: string): ElfFile | undefined {
  const near = files.filter((file) => file.path.startsWith(`${folder}/`))
  return near.length === 1 ? near[0] : undefined
}

function escaped(text: string): string {
  return text.replace(/[.+]/g, '\\$&')
}
