import { posix } from 'node:path'
import type { Evidence } from '../../inspect/evidence.ts'
import { normalisedName } from '../../inspect/python/distribution-name.ts'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import { topModules } from './top-modules.ts'

/**
 * For each further module of a Python distribution, unless it is a compiled file: the one that the distribution is known by,
 * of `black` `black` for `blackd`, of `pyyaml` `yaml` for `_yaml`.
 */
export function mainModules({ facts, files }: Evidence): ReadonlyMap<string, string> {
  const compiled = new Set(
    files.flatMap(({ path }) =>
      path.endsWith('.so') ? [path.slice(0, path.indexOf('.', path.lastIndexOf('/')))] : [],
    ),
  )
  const mains = pythonDistributions(facts.python).flatMap((file): (readonly [string, string])[] => {
    const modules = topModules(file)
    const open = modules.filter((name) => !name.startsWith('_'))
    const named = open.find((name) => normalisedName(name) === file.name)
    return modules.flatMap((name): (readonly [string, string])[] => {
      const main = name.startsWith('_') ? (named ?? open[0]) : named
      return main === undefined || main === name || compiled.has(posix.join(posix.dirname(file.path), name))
        ? []
        : [[name, main]]
    })
  })
  return new Map(mains)
}
