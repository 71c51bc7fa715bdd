import type { Finding } from '../check.ts'

/** How a layer's smoke names its case of one package; findings say by it what fails for them. */
export function loadCase(verb: 'import' | 'require' | 'load', name: string): string {
  return `${verb} ${name}`
}

/** `breaks` of a finding, by the cases that fail for it: none where one of them is not known, as where only a use fails. */
export function breaking(cases: readonly (string | undefined)[]): Pick<Finding, 'breaks'> {
  const known = cases.filter((one) => one !== undefined)
  return known.length === 0 || known.length < cases.length ? {} : { breaks: [...new Set(known)].sort() }
}
