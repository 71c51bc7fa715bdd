import { normalisedName } from '../../inspect/python/distribution-name.ts'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import { extrasOf } from '../../inspect/python/requirement-extras.ts'
import type { Subject } from '../check.ts'
import { groupBy } from '../facts/examples.ts'
import { owners } from '../facts/owners.ts'
import { isNative } from './failure-reason.ts'
import type { Place } from './import-result.ts'
import { distributionsThere, lackingRequirements } from './lacking-requirements.ts'
import { mainImports } from './main-imports.ts'
import type { PythonImports } from './python-imports.ts'

/** A package that others require, and that neither the artifact nor the runtime has: installed without its dependencies. */
export type MissingRequirement = {
  /** Normalised name. */
  readonly name: string
  readonly requiredBy: readonly PythonDistribution[]
  /** The import of a requested module that ends there: what it does not find, and where it asks. */
  readonly failure?: { readonly module: string; readonly absent: string; readonly place: Place }
}

/** In the order in which they are asked for. Nothing is missing where the runtime was not read: it may be there. */
export function missingRequirements(imports: PythonImports, { artifact }: Subject): readonly MissingRequirement[] {
  const { interpreter, packages, world } = imports
  if (interpreter.standardLibrary === undefined) return []
  const there = distributionsThere(pythonDistributions(world.view.facts.python))
  const wanted = packages.flatMap(({ distribution }) =>
    distribution === undefined
      ? []
      : lackingRequirements(distribution, there, interpreter).map(({ name }) => ({ name, distribution })),
  )
  if (wanted.length === 0) return []
  const failures = failuresByDistribution(imports, artifact)
  const found = [...groupBy(wanted, ({ name }) => name)].flatMap(([name, same]) => {
    const requiredBy = same.map(({ distribution }) => distribution)
    const all = requiredBy.flatMap((one) => failures.get(one.path) ?? [])
    const failure =
      all.find(({ absent }) => normalisedName(absent) === name) ??
      all.find(
        ({ absent, module }) =>
          !wanted.some((other) => isNearer(absent, other.name, name)) &&
          !requiredBy.some((one) => isOfLackingExtra(module, one, there)),
      )
    // `psycopg2-binary` stands in for `psycopg2`; grpcio-status, which requires grpcio, does not.
    const others = [...there].filter((one) => !requiredBy.some((requirer) => requirer.name === one))
    if (failure === undefined && others.some((one) => one.startsWith(`${name}-`) || name.startsWith(`${one}-`)))
      return []
    if (failure === undefined) return [{ at: Number.MAX_SAFE_INTEGER, missing: { name, requiredBy } }]
    return [{ at: all.indexOf(failure), missing: { name, requiredBy, failure } }]
  })
  return found.toSorted((a, b) => a.at - b.at).map(({ missing }) => missing)
}

type Failure = NonNullable<MissingRequirement['failure']>

/** A part that bears the name of an extra which nobody asked for, and fails for what that would bring: google-resumable-media's `requests`. */
function isOfLackingExtra(module: string, { requires = [] }: PythonDistribution, there: ReadonlySet<string>): boolean {
  const part = normalisedName(module.slice(module.lastIndexOf('.') + 1))
  return requires.some((requirement) => !there.has(requirement.name) && extrasOf(requirement).includes(part))
}

/** Where imports of requested modules end because a module is not there at all, by the distribution whose code asks for it. */
function failuresByDistribution(
  { packages }: PythonImports,
  artifact: Subject['artifact'],
): ReadonlyMap<string, readonly Failure[]> {
  const ownerOf = owners(artifact)
  const shipped = new Set(packages.flatMap(({ modules }) => modules))
  const found = packages.flatMap((one) =>
    [...(mainImports(one) ?? one.imports), ...one.lackingParts].flatMap(({ module, failures }) => {
      // Native code that cannot be loaded says it already.
      if (!one.isRequested || failures.some(({ cause }) => isNative(cause))) return []
      return failures.flatMap(({ cause, chain }) => {
        const place = chain.at(-1)
        const folder = place === undefined ? undefined : ownerOf(place.path)?.folder
        if (cause.kind !== 'absent' || place === undefined || folder === undefined) return []
        const [absent = ''] = cause.module.split('.', 1)
        // What a package lacks of itself nobody else was to bring.
        return shipped.has(absent) ? [] : [{ folder, failure: { module, absent, place } }]
      })
    }),
  )
  return new Map(
    [...groupBy(found, ({ folder }) => folder)].map(([folder, same]) => [folder, same.map(({ failure }) => failure)]),
  )
}

/** `PIL` is of Pillow rather than of pikepdf; what bears the name of another missing requirement is about that one. */
function isNearer(absent: string, other: string, name: string): boolean {
  const module = normalisedName(absent)
  if (other === module) return true
  const shared = sharedStart(module, other)
  return shared >= LEAST_SHARED && shared > sharedStart(module, name)
}

const LEAST_SHARED = 3

function sharedStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}
