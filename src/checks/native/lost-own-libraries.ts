import { posix } from 'node:path'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { MissingLibrary } from '../../loader/load-result.ts'
import type { Subject } from '../check.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code, counted } from '../facts/wording.ts'

/** Libraries that a package brought along for itself. No system has them: only the package does, or another one for it. */
export type LostOwnLibraries = {
  readonly folder: string
  readonly said: string
  /** Metadata folder of the wheel, when its RECORD lists them. */
  readonly incomplete?: string
}

// What auditwheel puts in front of the suffix: `libgfortran-040039e1.so.5.0.0`.
const HASHED = /-[0-9a-f]{8}\.so(?:\.|$)/
const PRIVATE = /\.libs$/

/**
 * Set when all of these libraries were in the wheel of their package and are not in the artifact: its RECORD lists them, or,
 * where nobody kept it, they bear the names that auditwheel gives and are looked for in the folder that it makes. Of npm: they
 * are looked for in a package that this one depends on, and that is not installed.
 */
export function lostOwnLibraries(
  lacks: readonly MissingLibrary[],
  owner: Owner | undefined,
  subject: Subject,
  view: RuntimeView,
): LostOwnLibraries | undefined {
  const sonames = new Set(lacks.map(({ soname }) => soname))
  return listed(sonames, owner, subject, view) ?? named(sonames, lacks) ?? inCompanion(lacks, owner, subject)
}

function listed(
  sonames: ReadonlySet<string>,
  owner: Owner | undefined,
  { artifact }: Subject,
  { tree }: RuntimeView,
): LostOwnLibraries | undefined {
  const distribution = pythonDistributions(artifact.facts.python).find(({ path }) => path === owner?.folder)
  if (distribution === undefined) return undefined
  const site = posix.dirname(distribution.path)
  const absent = (distribution.record?.native ?? [])
    .map((path) => `${site}/${path}`)
    .filter((path) => tree.resolve(path) === undefined)
  const own = absent.filter((path) => sonames.has(posix.basename(path)))
  const [first] = own
  if (first === undefined || own.length < sonames.size) return undefined
  const folder = posix.dirname(first)
  const beside = absent.filter((path) => posix.dirname(path) === folder).length
  const files = counted(beside, 'library', 'libraries')
  const said = `its RECORD lists ${files} in ${code(folder)} that ${beside === 1 ? 'is' : 'are'} not there`
  return { folder, said, incomplete: distribution.path }
}

function named(sonames: ReadonlySet<string>, lacks: readonly MissingLibrary[]): LostOwnLibraries | undefined {
  // One that lies there and cannot be used was not left out.
  if (![...sonames].every((soname) => HASHED.test(soname)) || lacks.some(({ near }) => near.length > 0))
    return undefined
  const [folder] = lacks.flatMap(({ searched }) => searched.filter((one) => PRIVATE.test(one)))
  if (folder === undefined) return undefined
  const where = posix.normalize(folder)
  const what = counted(sonames.size, 'library of its own', 'libraries of its own')
  return { folder: where, said: `the wheel had ${what} in ${code(where)}, by the name` }
}

/** `@img/sharp-linux-x64` looks for libvips in `@img/sharp-libvips-linux-x64`. */
function inCompanion(
  lacks: readonly MissingLibrary[],
  owner: Owner | undefined,
  { artifact }: Subject,
): LostOwnLibraries | undefined {
  const packages = artifact.facts.node.filter((file) => file.kind === 'package')
  const own = packages.find(({ path }) => posix.dirname(path) === owner?.folder)
  const absent = [...(own?.dependencies ?? []), ...(own?.optionalDependencies ?? [])].filter(
    (name) => !packages.some(({ path }) => path.endsWith(`/node_modules/${name}/package.json`)),
  )
  for (const name of absent) {
    const isOf = (folder: string): boolean => `${folder}/`.includes(`/${posix.basename(name)}/`)
    const [folder] = lacks.flatMap(({ searched }) => searched.filter(isOf))
    if (folder === undefined || !lacks.every(({ searched }) => searched.some(isOf))) continue
    return { folder: posix.normalize(folder), said: `${code(name)}, which holds it, is not installed` }
  }
  return undefined
}
