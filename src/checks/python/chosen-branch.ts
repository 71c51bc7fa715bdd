import type { IfStep, PythonStep } from '../../inspect/python/python-step.ts'
import type { ImportRun } from './import-run.ts'

/**
 * Of branches that no condition tells apart the one that imports from a package which the process has, where that of
 * another was tried before and is not there: psycopg goes on with the implementation that it got.
 */
export function chosenBranch({ modules, failed }: ImportRun, step: IfStep): readonly PythonStep[] | undefined {
  // Nothing was tried in vain: true of most conditions that nobody can tell.
  if (failed.size === 0) return undefined
  const branches = branchesOf(step)
  const packages = branches.map(packageOf)
  const had = branches.filter((_, index) => modules.has(packages[index] ?? ''))
  return had.length === 1 && packages.some((name) => failed.has(name ?? '')) ? had[0] : undefined
}

function branchesOf({ body, else: other = [] }: IfStep): readonly (readonly PythonStep[])[] {
  const [first] = other
  return first !== undefined && 'if' in first && other.length === 1 ? [body, ...branchesOf(first)] : [body, other]
}

function packageOf(body: readonly PythonStep[]): string | undefined {
  const names = body.flatMap((step) => ('import' in step ? [step.import] : 'from' in step ? [step.from] : []))
  return names.find((name) => !name.startsWith('.'))?.split('.', 1)[0]
}
