import { parseArchitecture } from '../lambda/architecture.ts'
import type { Plan } from '../plan/plan.ts'
import type { EarlierReport } from './earlier-report.ts'

/** What this run is about, as its plan has it. */
export type RunSubject = Pick<Plan, 'name' | 'architecture' | 'table'>

/** Inputs that name a subject. Without any of them its name is that of a folder, which is another on every machine. */
const NAMING = ['repository', 'layer-name', 'function-name', 'resource'] as const

/** Why an earlier report is about something else than this run, as the end of a sentence; `undefined`: it is not. Pure. */
export function anotherSubject({ subject, plan }: EarlierReport, run: RunSubject): string | undefined {
  if (subject.architecture !== run.architecture) {
    return `it is the report of ${subject.architecture}, and this run is about ${run.architecture}; give each architecture the report of its own`
  }
  const isNamed = (table: object) => NAMING.some((input) => input in table)
  if (subject.name === run.name || !isNamed(plan) || !isNamed(run.table)) return undefined
  return `it is the report of \`${subject.name}\`, and this run is about \`${run.name}\``
}

/** The same of an image. */
export function anotherArchitecture(reference: string, docker: string, run: RunSubject): string | undefined {
  const architecture = parseArchitecture(docker)
  if (architecture === run.architecture) return undefined
  return `${reference} is an image for ${architecture ?? docker}, and this run is about ${run.architecture}`
}
