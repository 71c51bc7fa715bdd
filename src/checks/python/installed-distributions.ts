import { posix } from 'node:path'
import type { FileFacts } from '../../inspect/fact-readers.ts'
import { normalisedName } from '../../inspect/python/distribution-name.ts'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import type { Interpreter } from './interpreter.ts'
import { distributionsThere, lackingRequirements } from './lacking-requirements.ts'
import { isRequired } from './requirement-marker.ts'

/** Compiled modules of distributions that require one of this name. */
export function modulesRequiring(name: string, { facts }: RuntimeView, python: Interpreter): ReadonlySet<string> {
  return new Set(
    pythonDistributions(facts.python).flatMap(({ path, requires, record }) => {
      if (!requires?.some((one) => one.name === name && isRequired(one, python))) return []
      const site = posix.dirname(path)
      return (record?.native ?? []).map((file) => `${site}/${file}`)
    }),
  )
}

/** Normalised names of distributions that have metadata: by what was read of them, and by the names of folders and of old tools' files. */
export function namesWithMetadata({ tree, facts }: RuntimeView, { path }: Interpreter): ReadonlySet<string> {
  const read = pythonDistributions(facts.python).filter((one) => path.includes(posix.dirname(one.path)))
  const entries = path.flatMap((folder) => tree.childrenOf(folder))
  const named = entries.flatMap(({ path: entry }) => {
    const [, name] = /([^/]+?)(?:-[^/-]*(?:-py[\d.]+)?)?\.(?:dist|egg)-info$/.exec(entry) ?? []
    return name === undefined ? [] : [normalisedName(name)]
  })
  return new Set([...read.map(({ name }) => name), ...named])
}

/** Normalised names of what a distribution requires and nobody has. */
export function lackingNames({ facts }: RuntimeView, python: Interpreter): ReadonlySet<string> {
  const distributions = pythonDistributions(facts.python)
  const there = distributionsThere(distributions)
  return new Set(distributions.flatMap((one) => lackingRequirements(one, there, python).map((lacking) => lacking.name)))
}

/** The version of a distribution on Python's path; of one that is there twice nobody can tell. */
export function versionOf(name: string, { facts }: RuntimeView, { path }: Interpreter): string | undefined {
  const found = installed(name, facts, path)
  return found.length === 1 ? found[0]?.version : undefined
}

/** The version of NumPy when that is 2 or newer; without metadata by where its core lies. */
export function numpy2({ facts, tree }: RuntimeView, { path }: Interpreter): string | undefined {
  const [numpy] = installed('numpy', facts, path)
  if (numpy !== undefined) return Number.parseInt(numpy.version, 10) >= 2 ? numpy.version : undefined
  const cores = path.flatMap((folder) => tree.childrenOf(`${folder}/numpy/_core`))
  return cores.some((core) => /\/_multiarray_umath\.[^/]*\.so$/.test(core.path)) ? '2' : undefined
}

function installed(name: string, facts: FileFacts, path: readonly string[]): readonly PythonDistribution[] {
  return pythonDistributions(facts.python).filter((one) => one.name === name && path.includes(posix.dirname(one.path)))
}
