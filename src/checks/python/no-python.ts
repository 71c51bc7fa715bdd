import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { Subject } from '../check.ts'
import { runtimeViews } from '../facts/runtime-view.ts'
import { code } from '../facts/wording.ts'
import { pythonImports } from './python-imports.ts'

/** Why Python's rules could not judge: the artifact brings distributions, and nobody can tell what would import them. */
export function noPython(subject: Subject): { readonly notChecked?: string } {
  if (pythonDistributions(subject.artifact.facts.python).length === 0) return {}
  // A layer of Python code for a function in another language is nobody's to import.
  const views = runtimeViews(subject).filter(({ runtime }) => runtime === undefined || runtime.family === 'python')
  const unknown = views.filter((view) => pythonImports(subject, view) === undefined)
  if (unknown.length === 0) return {}
  const names = unknown.map(({ runtime, reference }) => code(runtime?.id ?? reference)).join(', ')
  return { notChecked: `no Python was found in ${names}` }
}
