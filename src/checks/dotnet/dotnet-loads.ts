import type { Subject } from '../check.ts'
import type { NativeLoad } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

/** The native files that the artifact's dotnet code loads in one runtime. */
export function dotnetLoads(_subject: Subject, _view: RuntimeView): readonly NativeLoad[] {
  return []
}
