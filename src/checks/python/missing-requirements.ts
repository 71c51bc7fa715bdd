import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { groupBy } from '../facts/examples.ts'
import { owners } from '../facts/owners.ts'
import type { Place } from './import-result.ts'
import { isNative } from './import-run.ts'
import type { PythonImports } from './python-imports.ts'
import { plainRequirement } from './requirement-marker.ts'

/** A package that others require, and that neither the artifact nor the runtime has: installed without its dependencies. */
export type MissingRequirement = {
  /** Normalised name. */
  readonly name: string
  readonly requiredBy: readonly PythonDistribution[]
  /** The import of a requested module that ends there: what it does not find, and where it asks. */
  readonly failure?: { readonly module: string; readonly absent: string; readonly place: Place }
}

/** Nothing is missing where the runtime was not read: it may be there. */
export function missingRequirements(imports: PythonImports, { artifact }: Subject): readonly MissingRequirement[] {
  const { interpreter, packages, world } = imports
  if (interpreter.standardLibrary === undefined) return []
  const there = new Set(world.view.facts.python.flatMap((one) => (one.kind === 'distribution' ? [one.name] : [])))
  const wanted = packages.flatMap(({ distribution }) =>
    (distribution?.requires ?? []).flatMap((text) => {
      const { name } = plainRequirement(text, interpreter.minor) ?? {}
      return name === undefined || distribution === undefined || there.has(name) ? [] : [{ name, distribution }]
    }),
  )
  if (wanted.length === 0) return []
  const failures = failuresByDistribution(imports, artifact)
  return [...groupBy(wanted, ({ name }) => name)].flatMap(([name, same]) => {
    const requiredBy = same.map(({ distribution }) => distribution)
    const all = requiredBy.flatMap((one) => failures.get(one.path) ?? [])
    const failure =
      all.find(({ absent }) => normal(absent) === name) ?? all.find(({ absent }) => !isNamed(absent, wanted))
    // `psycopg2-binary` stands in for `psycopg2`.
    if (failure === undefined && [...there].some((one) => one.startsWith(`${name}-`) || name.startsWith(`${one}-`)))
      return []
    return [{ name, requiredBy, ...(failure === undefined ? {} : { failure }) }]
  })
}

type Failure = NonNullable<MissingRequirement['failure']>

/** Where imports of requested modules end because a module is not there at all, by the distribution whose code asks for it. */
function failuresByDistribution(
  { packages }: PythonImports,
  artifact: Subject['artifact'],
): ReadonlyMap<string, readonly Failure[]> {
  const ownerOf = owners(artifact)
  const found = packages.flatMap(({ isRequested, imports }) =>
    imports.flatMap(({ module, failures }) => {
      // Native code that cannot be loaded says it already.
      if (!isRequested || failures.some(({ cause }) => isNative(cause))) return []
      return failures.flatMap(({ cause, chain }) => {
        const place = chain.at(-1)
        const folder = place === undefined ? undefined : ownerOf(place.path)?.folder
        if (cause.kind !== 'absent' || place === undefined || folder === undefined) return []
        const [absent = ''] = cause.module.split('.', 1)
        return [{ folder, failure: { module, absent, place } }]
      })
    }),
  )
  return new Map(
    [...groupBy(found, ({ folder }) => folder)].map(([folder, same]) => [folder, same.map(({ failure }) => failure)]),
  )
}

/** What bears the name of another missing requirement is about that one. */
function isNamed(absent: string, wanted: readonly { readonly name: string }[]): boolean {
  return wanted.some(({ name }) => name === normal(absent))
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}
