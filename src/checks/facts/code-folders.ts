import type { RuntimeView } from './runtime-view.ts'

type Started = Pick<RuntimeView, 'environment' | 'workingDirectory'>

/**
 * Where the function's own code is looked for, the likeliest first: AWS's clients look in LAMBDA_TASK_ROOT, published ones
 * in the folder in which they are started, which an image of one's own calls as it likes (`WORKDIR /function`).
 */
export function codeFolders({ environment, workingDirectory }: Started): readonly [string, ...string[]] {
  // Of an image without WORKDIR it is the whole system.
  const started = workingDirectory === '/' ? undefined : workingDirectory
  const first = environment.LAMBDA_TASK_ROOT ?? started ?? '/var/task'
  return [first, ...[started, '/var/task'].filter((one): one is string => one !== undefined && one !== first)]
}

/** The folder in which the process of the function starts. */
export function workingDirectory({ environment, workingDirectory }: Started): string {
  return workingDirectory ?? environment.LAMBDA_TASK_ROOT ?? '/var/task'
}
