import type { Subject } from '../check.ts'
import type { NativeLoad } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

/** The native files that the artifact's java code loads in one runtime. */
export function javaLoads(_subject: Subject, _view: RuntimeView): readonly NativeLoad[] {
  return []
}
