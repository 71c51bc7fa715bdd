import { posix } from 'node:path'
import { BREAK, CONTINUE } from '../../inspect/python/loop-breaks.ts'
import { innerSteps, type PythonStep } from '../../inspect/python/python-step.ts'
import { isMuslLibc } from '../native/target-system.ts'
import { isCaughtBy } from './guards.ts'
import type { ImportFailure } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import { importedPackages } from './imported-packages.ts'
import type { ShippedModules } from './shipped-modules.ts'

/** Libraries of a package that has no modules in them and opens them itself, under names that it computes. */
export function openedLibraries({ site, paths }: ShippedModules['native']): readonly string[] {
  return paths
    .filter((native) => /(?:^|\/)lib[^/]*\.so(?:\.\d+)*$/.test(native) && !/\.libs\//.test(native))
    .map((native) => `${site}/${native}`)
}

/** Nothing can open it: it is not there, or the loader refuses it. */
export function isGone(path: string, world: ImportWorld): boolean {
  const entry = world.view.tree.resolve(path)
  const file = entry === undefined ? undefined : world.elf(entry.path)
  if (file === undefined) return true
  const { refused, missing } = world.load(world.process, file).result
  // Whoever opens another library first brings that, and no other C library.
  return refused !== undefined || missing.some(({ soname }) => isMuslLibc(soname))
}

/**
 * Whether any code of the package can open libraries; who only hands their paths on does so when it is used. Who is prepared
 * for the absence of each, and nowhere says that one is not there, goes on without them: hdf5plugin writes it to the log.
 */
export function opensLibraries(module: string, { sources, interpreter, files }: ImportWorld): boolean {
  const [top = module] = module.split('.', 1)
  const found = files.find(top, interpreter.path)
  if (found === undefined) return true
  const folder = found.kind === 'namespace' ? found.folders[0] : posix.dirname(found.path)
  // A module that is one file; what a compiled one opens by itself nobody sees.
  const file = 'path' in found && found.folders === undefined ? found.path : undefined
  const own = [...sources.values()].flatMap(({ path, steps }) =>
    (file === undefined ? path.startsWith(`${folder}/`) : path === file) ? [steps] : [],
  )
  // Without what it looks for it may open the program itself (`CDLL(None)`).
  if (file !== undefined && own.some(mayFindNone)) return false
  if (!own.some((steps) => [...importedPackages(steps)].some((name) => OPENING.has(name)))) return false
  return !own.some(opensAny) || own.some((steps) => insists(steps, opensAny(steps)))
}

const OPENING = new Set(['ctypes', '_ctypes', 'cffi', '_cffi_backend', 'numpy'])

// Said of what callers hand in; the ends of loops look like exceptions here.
const OF_ARGUMENTS = new Set([
  BREAK,
  CONTINUE,
  'ValueError',
  'TypeError',
  'KeyError',
  'IndexError',
  'AttributeError',
  'NotImplementedError',
])
/** Names what is not there. */
const OF_IMPORTS = new Set(['ImportError', 'OSError', 'FileNotFoundError'])

/**
 * Opens without a guard, or says that something is not there: `lib = open_first()`, then `raise ImportError`. What else is
 * raised counts where libraries are opened.
 */
function insists(steps: readonly PythonStep[], opens: boolean, guarded = false): boolean {
  return steps.some((step) => {
    if ('open' in step) return !guarded
    if ('raise' in step) return opens ? !OF_ARGUMENTS.has(step.raise) : OF_IMPORTS.has(step.raise)
    if (!('try' in step)) return innerSteps(step).some((body) => insists(body, opens, guarded))
    const [body = [], ...others] = innerSteps(step)
    const goesOn = step.except.some((branch) => isCaughtBy('OSError', branch))
    return insists(body, opens, guarded || goesOn) || others.some((other) => insists(other, opens, guarded))
  })
}

/** The module that could not open a library says later on that it is not there, as unicorn's does after every place. */
export function givesUpWhere({ chain }: ImportFailure, { sources }: ImportWorld): boolean {
  const steps = sources.get(chain.at(-1)?.path ?? '')?.steps ?? []
  return opensAny(steps) && raisesAny(steps)
}

function raisesAny(steps: readonly PythonStep[]): boolean {
  return steps.some((step) =>
    'raise' in step ? OF_IMPORTS.has(step.raise) : innerSteps(step).some((body) => raisesAny(body)),
  )
}

function opensAny(steps: readonly PythonStep[]): boolean {
  return steps.some((step) => 'open' in step || innerSteps(step).some(opensAny))
}

function mayFindNone(steps: readonly PythonStep[]): boolean {
  return steps.some((step) =>
    'open' in step ? step.isGuess === true || step.near !== undefined : innerSteps(step).some(mayFindNone),
  )
}
