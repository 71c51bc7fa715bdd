import type { ElfFile } from '../../inspect/evidence.ts'
import type { LoadResult } from '../../loader/load-result.ts'
import type { Subject } from '../check.ts'
import { dotnetLoads } from '../dotnet/dotnet-loads.ts'
import { javaLoads } from '../java/java-loads.ts'
import { libraryFolderLoads } from '../native/library-folder-loads.ts'
import { closure, otherLoads } from '../native/other-loads.ts'
import { programLoads } from '../native/program-loads.ts'
import { nodeLoads } from '../node/node-loads.ts'
import { pythonLoads } from '../python/python-loads.ts'
import { rubyLoads } from '../ruby/ruby-loads.ts'
import { type Owner, owners } from './owners.ts'
import type { RuntimeView } from './runtime-view.ts'

/**
 * How much the function depends on a load. `required`: what draws it in does not work without it, nothing guards it.
 * `optional`: the code that loads it goes on without it. `unused`: nothing was seen to load it.
 */
export type Need = 'required' | 'optional' | 'unused'

/** A native file of the user's that a process loads as a root, and what came of it. */
export type NativeLoad = {
  readonly file: ElfFile
  readonly by: 'program' | 'library-folder' | 'python' | 'node' | 'java' | 'ruby' | 'dotnet' | 'other'
  readonly need: Need
  /** Who loads it, for people: `imported by /opt/python/numpy/core/multiarray.py line 9`. */
  readonly because: string
  /** What fails with it, as a layer's smoke names its cases: `import numpy`, `require sharp`. */
  readonly breaks?: string
  readonly owner?: Owner
  readonly result: LoadResult
}

const known = new WeakMap<Subject, Map<RuntimeView, readonly NativeLoad[]>>()

/** Every load of a user's native file in one runtime, each file once: by the one that needs it most. */
export function nativeLoads(subject: Subject, view: RuntimeView): readonly NativeLoad[] {
  const byView = known.get(subject) ?? new Map<RuntimeView, readonly NativeLoad[]>()
  known.set(subject, byView)
  const loads = byView.get(view) ?? compose(subject, view)
  byView.set(view, loads)
  return loads
}

/** Those who know why a file is loaded. Of two that need it equally the first one's words are taken. */
const FINDERS = [pythonLoads, nodeLoads, javaLoads, rubyLoads, dotnetLoads, programLoads, libraryFolderLoads]

const RANK: Readonly<Record<Need, number>> = { required: 2, optional: 1, unused: 0 }

function compose(subject: Subject, view: RuntimeView): readonly NativeLoad[] {
  const claims = onePerFile(FINDERS.flatMap((find) => find(subject, view)))
  const roots = withoutDependencies(claims)
  const taken = new Set([...claims.map(({ file }) => file.path), ...claims.flatMap(({ result }) => closure(result))])
  const ownerOf = owners(subject.artifact)
  return [...roots, ...otherLoads(subject, view, taken)].map((load) => {
    const owner = load.owner ?? ownerOf(load.file.path)
    return owner === undefined ? load : { ...load, owner }
  })
}

function onePerFile(loads: readonly NativeLoad[]): readonly NativeLoad[] {
  const byPath = new Map<string, NativeLoad>()
  for (const load of loads) {
    const before = byPath.get(load.file.path)
    if (before === undefined || RANK[load.need] > RANK[before.need]) byPath.set(load.file.path, load)
  }
  return [...byPath.values()]
}

/**
 * A library that a required root draws in is judged there, with the search path it is found by, and not alone. What is
 * imported or started stays a root of its own.
 */
function withoutDependencies(loads: readonly NativeLoad[]): readonly NativeLoad[] {
  const isLibrary = ({ by, need }: NativeLoad): boolean => by === 'library-folder' || need !== 'required'
  const covered = new Set(loads.filter((load) => !isLibrary(load)).flatMap(({ result }) => closure(result)))
  const dependencies = loads.filter((load) => isLibrary(load) && load.need === 'required')
  const needed = new Set(dependencies.flatMap(({ result }) => closure(result)))
  const kept = new Set<NativeLoad>()
  // Those that no other draws in come first: of two that need each other one stays.
  for (const round of [false, true]) {
    for (const load of dependencies.filter(({ file }) => needed.has(file.path) === round)) {
      if (covered.has(load.file.path)) continue
      kept.add(load)
      for (const path of closure(load.result)) covered.add(path)
    }
  }
  return loads.filter(
    (load) => !isLibrary(load) || kept.has(load) || (load.need !== 'required' && !covered.has(load.file.path)),
  )
}
