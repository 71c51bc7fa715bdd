import type { ConstantStep } from '../../inspect/python/python-step.ts'
import { type ImportRun, type Outcome, raise } from './import-run.ts'

/** `module 'lib' has no attribute …`: of the library that is there, which another version would have. */
export function lackConstant(run: ImportRun, { fromLibrary: name, file }: ConstantStep): Outcome {
  if (file === undefined) return undefined
  return raise(run, 'AttributeError', { kind: 'unbound', module: 'lib', name, file, isAttribute: true })
}
