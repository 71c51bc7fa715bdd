import { isAbsolute, posix } from 'node:path'
import type { Report, ReportedFinding } from './report.ts'

export type Repository = {
  /** Absolute: GITHUB_WORKSPACE. */
  readonly workspace: string
  /** Path of the running workflow within the repository. */
  readonly workflowFile?: string
}

export type Place = { readonly file: string; readonly line: number }

/** The line of the repository that a finding is about, where that is known. */
export function placeOf({ location }: ReportedFinding, { workspace }: Repository): Place | undefined {
  const file = location === undefined ? undefined : repositoryPath(location.file, workspace)
  return location === undefined || file === undefined ? undefined : { file, line: location.line }
}

/** What stands for a finding without a line: the file the run was given, else the workflow that runs it. */
export function placeOfRun({ subject, plan }: Report, { workspace, workflowFile }: Repository): Place | undefined {
  const text = (name: string) => (typeof plan[name]?.value === 'string' ? plan[name].value : undefined)
  const dockerfile = text('file') ?? posix.join(text('context') ?? '.', 'Dockerfile')
  const built = subject.kind === 'image' && text('image') === undefined ? dockerfile : undefined
  const template = text('template')
  const given = template?.endsWith('cdk.out') ? undefined : template
  const file = [given, built].flatMap((one) => (one === undefined ? [] : (repositoryPath(one, workspace) ?? [])))[0]
  const path = file ?? workflowFile
  return path === undefined ? undefined : { file: path, line: 1 }
}

/** `undefined` for what stands outside of the repository. */
function repositoryPath(file: string, workspace: string): string | undefined {
  const path = isAbsolute(file)
    ? posix.relative(posix.normalize(workspace), posix.normalize(file))
    : posix.normalize(file)
  return path === '' || path === '.' || path === '..' || path.startsWith('../') ? undefined : path
}
