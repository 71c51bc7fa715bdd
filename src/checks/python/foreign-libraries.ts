import { innerSteps, type PythonStep } from '../../inspect/python/python-step.ts'
import type { ImportWorld } from './import-world.ts'
import type { Imported } from './python-uses.ts'
import type { ShippedModules } from './shipped-modules.ts'

const LIBRARY = /\.(?:dylib|dll)$/i
const OTHER_SYSTEM = /-(?:win32|win_\w+|macosx_\w+)$/
/** Says that something is not there. */
const OF_IMPORTS = new Set(['ImportError', 'OSError', 'FileNotFoundError'])

/**
 * Libraries for macOS or Windows that are all the native code of a wheel for such a system, where the package looks for a
 * library under a name that it computes and does not let itself be imported without: glfw.
 */
export function foreignLibraries(
  { native: { site, paths }, distribution }: ShippedModules,
  tops: readonly Imported[],
  world: ImportWorld,
): readonly string[] {
  const tags = distribution?.tags ?? []
  if (tags.length === 0 || !tags.every((tag) => OTHER_SYSTEM.test(tag))) return []
  if (!paths.every((path) => LIBRARY.test(path))) return []
  const sources = tops.flatMap(({ run, result: { module, failures } }) =>
    failures.length > 0 ? [] : ownSources(run, module, world),
  )
  return sources.some(opens) && sources.some(givesUp) ? paths.map((path) => `${site}/${path}`) : []
}

/** Of the package's modules that its import ran. */
function ownSources(
  { modules }: Imported['run'],
  top: string,
  { sources }: ImportWorld,
): readonly (readonly PythonStep[])[] {
  return [...modules.values()].flatMap(({ name, path = '' }) =>
    name === top || name.startsWith(`${top}.`) ? [sources.get(path)?.steps ?? []] : [],
  )
}

function opens(steps: readonly PythonStep[]): boolean {
  return steps.some((step) => 'open' in step || innerSteps(step).some(opens))
}

/** While it is imported, whatever the condition. */
function givesUp(steps: readonly PythonStep[]): boolean {
  return steps.some((step) => {
    if ('raise' in step) return OF_IMPORTS.has(step.raise)
    return 'if' in step && innerSteps(step).some(givesUp)
  })
}
