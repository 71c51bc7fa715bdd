import type { Subject } from '../../checks/check.ts'
import { runtimeViews } from '../../checks/facts/runtime-view.ts'
import { absentNodeModule } from './absent-node-module.ts'
import { absentPythonModule } from './absent-python-module.ts'

/**
 * What the bytes say of a module that a process did not find: where it lies instead, what hides it, or that nobody
 * installed it. `said`: the error and the log of a failed case. `undefined`: they do not name one, or nothing is known of it.
 */
export function absentModule(said: string, subject: Subject): string | undefined {
  // A layer is smoked in the first of its runtimes.
  const [view] = runtimeViews(subject)
  // In a runtime that nobody read anything may lie.
  if (view === undefined || view.confidence !== 'proven') return undefined
  return absentPythonModule(said, subject, view) ?? absentNodeModule(said, subject, view)
}
