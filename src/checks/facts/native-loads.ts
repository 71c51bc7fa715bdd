import type { ElfFile } from '../../inspect/evidence.ts'
import type { LoadResult } from '../../loader/load-result.ts'
import type { Subject } from '../check.ts'
import type { Owner } from './owners.ts'
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
  readonly owner?: Owner
  readonly result: LoadResult
}

const known = new WeakMap<Subject, Map<RuntimeView, readonly NativeLoad[]>>()

/** Every load of a user's native file in one runtime, each file once: by the one that needs it most. */
export function nativeLoads(subject: Subject, view: RuntimeView): readonly NativeLoad[] {
  const byView = known.get(subject) ?? new Map<RuntimeView, readonly NativeLoad[]>()
  known.set(subject, byView)
  const loads = byView.get(view) ?? []
  byView.set(view, loads)
  return loads
}
