import type { LoadResult } from '../../loader/load-result.ts'
import type { Check, Subject } from '../check.ts'
import { type NativeLoad, nativeLoads } from '../facts/native-loads.ts'
import { type RuntimeView, runtimeViews } from '../facts/runtime-view.ts'
import { otherSystem } from './other-system.ts'
import { platformRoles } from './platform-fit.ts'
import { openQuestions } from './verdict.ts'

/** One thing that the loader does not find, and the load in which it looks for it. */
export type Lack<T> = { readonly load: NativeLoad; readonly lack: T }

/** What loads of code for this system lack; not of spare variants, which nothing loads. */
export function lacksOf<T>(
  subject: Subject,
  view: RuntimeView,
  of: (result: LoadResult) => readonly T[],
): readonly Lack<T>[] {
  const roleOf = platformRoles(subject, view.libc)
  return nativeLoads(subject, view)
    .filter((load) => of(load.result).length > 0 && !otherSystem(load, subject, view))
    .filter((load) => load.need !== 'unused' || roleOf(load.file, load.owner) !== 'spare')
    .flatMap((load) => of(load.result).map((lack) => ({ load, lack })))
}

/** What the loader could not tell of any load, in any of the runtimes. */
export function openLoads(subject: Subject): Pick<ReturnType<Check['run']>, 'notChecked'> {
  return openQuestions(
    runtimeViews(subject).flatMap((view) => nativeLoads(subject, view).flatMap(({ result }) => result.open)),
  )
}
