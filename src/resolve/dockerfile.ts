import { DockerfileParser, type From } from 'dockerfile-ast'
import { parseImageReference } from '../image-reference.ts'
import type { Architecture } from '../lambda/architecture.ts'
import { expand, globalArguments } from './dockerfile-variables.ts'

export type DockerfileOptions = {
  readonly target?: string | undefined
  readonly buildArgs: Readonly<Record<string, string>>
  /** `name=value` lines: a named context replaces the stage or image of that name. */
  readonly buildContexts: readonly string[]
  readonly architecture: Architecture
}

/** What the image that is built stands on, as far as its Dockerfile tells. `line` counts from 1. */
export type FinalBase =
  | { readonly from: 'image'; readonly reference: string; readonly line: number }
  | { readonly from: 'scratch'; readonly line: number }
  /** Not told by the file: a named context, a reference that no value completes. */
  | { readonly from: 'unknown'; readonly line: number; readonly why: string }
  | { readonly from: 'no-stage' }
  | { readonly from: 'no-target'; readonly stages: readonly string[] }

/** Follows the FROM of the stage that is built (`target`, else the last) to the image it starts from. Pure; never throws. */
export function finalBase(text: string, options: DockerfileOptions): FinalBase {
  const dockerfile = DockerfileParser.parse(text)
  const stages = dockerfile.getFROMs()
  if (stages.length === 0) return { from: 'no-stage' }
  const variables = globalArguments(dockerfile, options.buildArgs, options.architecture)
  const contexts = new Map(options.buildContexts.map((line) => splitOnce(line.toLowerCase(), line)))
  let index = options.target === undefined ? stages.length - 1 : stageIndex(stages, options.target)
  if (index === -1) return { from: 'no-target', stages: stages.flatMap((stage) => stage.getBuildStage() ?? []) }
  for (;;) {
    const stage = stages[index]
    const line = (stage?.getRange().start.line ?? 0) + 1
    const reference = expand(stage?.getImage() ?? '', variables)
    const context = contexts.get(reference.toLowerCase())
    if (context !== undefined) return fromContext(reference, context, line)
    const parent = stageIndex(stages.slice(0, index), reference)
    if (parent === -1) return fromReference(reference, line)
    index = parent
  }
}

function fromContext(name: string, context: string, line: number): FinalBase {
  const image = context.replace(/^docker-image:\/\//, '')
  if (image !== context) return fromReference(image, line)
  return { from: 'unknown', line, why: `\`${name}\` is the build context ${context}` }
}

function fromReference(reference: string, line: number): FinalBase {
  if (reference === 'scratch') return { from: 'scratch', line }
  if (parseImageReference(reference) !== undefined) return { from: 'image', reference, line }
  return { from: 'unknown', line, why: `\`FROM ${reference}\` is no complete image reference` }
}

/** A stage is named without regard to case, or by its number; the last of equal names counts. */
function stageIndex(stages: readonly From[], name: string): number {
  const byName = stages.findLastIndex((stage) => stage.getBuildStage()?.toLowerCase() === name.toLowerCase())
  if (byName !== -1 || !/^\d+$/.test(name)) return byName
  return Number(name) < stages.length ? Number(name) : -1
}

function splitOnce(lower: string, line: string): readonly [string, string] {
  const equals = line.indexOf('=')
  return [lower.slice(0, equals), line.slice(equals + 1)]
}
