import type { PythonDistribution, PythonFile } from './python-file.ts'

const known = new WeakMap<readonly PythonFile[], readonly PythonDistribution[]>()

/** The distributions among an installation's files, of which most are modules: told apart once. */
export function pythonDistributions(files: readonly PythonFile[]): readonly PythonDistribution[] {
  const distributions = known.get(files) ?? files.filter((file) => file.kind === 'distribution')
  known.set(files, distributions)
  return distributions
}
