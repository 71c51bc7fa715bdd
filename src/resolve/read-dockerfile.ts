import { join } from 'node:path'
import { alternatives, type InputProblem } from '../inputs/problem.ts'
import type { Inputs } from '../inputs/read-inputs.ts'
import type { IgnoreFile } from '../plan/plan.ts'
import type { Files } from '../ports/files.ts'
import { type CompilingStage, compilingStage } from './compiling-stage.ts'
import { type FinalBase, finalBase } from './dockerfile.ts'
import { missingFile } from './missing-file.ts'
import { neighbours } from './neighbours.ts'

export type DockerfileRead = {
  readonly base?: FinalBase
  /** Text of the Dockerfile. */
  readonly dockerfile?: string
  readonly ignoreFile?: IgnoreFile
  /** Where the Dockerfile takes the compiled files from, when that is not its final stage. */
  readonly compiledIn?: CompilingStage
}

/** Path of the Dockerfile: `file`, else `Dockerfile` in the context. Both relative to the working directory. */
export function dockerfilePath(inputs: Pick<Inputs, 'context' | 'file'>): string {
  return inputs.file ?? join(inputs.context ?? '.', 'Dockerfile')
}

/** The Dockerfile, what it stands on, and what is kept out of its context; problems are added to those given. */
export async function readDockerfile(
  inputs: Inputs,
  files: Files,
  problems: InputProblem[],
): Promise<DockerfileRead | undefined> {
  const context = inputs.context ?? '.'
  if ((await files.kind(context)) !== 'directory') {
    const near = await neighbours(context, files)
    problems.push({ input: 'context', value: context, why: `There is no such folder.${near} ${CHECKOUT}` })
    return undefined
  }
  const path = dockerfilePath(inputs)
  const why = await missingFile(path, files)
  if (why !== undefined) {
    problems.push({ input: 'file', value: path, why })
    return undefined
  }
  const text = (await files.readText(path)) ?? ''
  const options = {
    target: inputs.target,
    buildArgs: inputs['build-args'] ?? {},
    buildContexts: inputs['build-contexts'] ?? [],
    architecture: inputs.architecture ?? 'x86_64',
  } as const
  const base = finalBase(text, options)
  const compiledIn = compilingStage(text, options)
  if (base.from === 'no-stage') {
    problems.push({ input: 'file', value: path, why: 'There is no FROM in it, so there is nothing to build.' })
  }
  if (base.from === 'no-target') {
    const stages = base.stages.length === 0 ? 'Its stages have no names.' : `Accepted: ${alternatives(base.stages)}.`
    problems.push({ input: 'target', value: inputs.target ?? '', why: `${path} has no such stage. ${stages}` })
  }
  const ignoreFile = await readIgnoreFile(path, context, files)
  return {
    base,
    dockerfile: text,
    ...(ignoreFile === undefined ? {} : { ignoreFile }),
    ...(compiledIn === undefined ? {} : { compiledIn }),
  }
}

/** The Dockerfile's own comes before that of the context. */
async function readIgnoreFile(dockerfile: string, context: string, files: Files): Promise<IgnoreFile | undefined> {
  for (const path of [`${dockerfile}.dockerignore`, join(context, '.dockerignore')])
    if ((await files.kind(path)) === 'file') return { path, text: (await files.readText(path)) ?? '' }
  return undefined
}

const CHECKOUT = 'Is the repository checked out (`actions/checkout`) before this step?'
