import { parseImageReference } from '../image-reference.ts'
import type { Architecture } from '../lambda/architecture.ts'
import { type DockerfileStages, readStages } from './dockerfile-stages.ts'

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
  const stages = readStages(text, options)
  if (stages.count === 0) return { from: 'no-stage' }
  const index = stages.target()
  if (index === -1) return { from: 'no-target', stages: stages.names }
  return baseOf(stages, index)
}

/** The image that a stage starts from, through the stages that it is built on. */
export function baseOf(stages: DockerfileStages, index: number): Extract<FinalBase, { line: number }> {
  const { line, reference, origin } = stages.chain(index).at(-1) ?? { line: 1, reference: '', origin: undefined }
  return origin?.context === undefined ? fromReference(reference, line) : fromContext(reference, origin.context, line)
}

function fromContext(name: string, context: string, line: number): Extract<FinalBase, { line: number }> {
  const image = context.replace(/^docker-image:\/\//, '')
  if (image !== context) return fromReference(image, line)
  return { from: 'unknown', line, why: `\`${name}\` is the build context ${context}` }
}

function fromReference(reference: string, line: number): Extract<FinalBase, { line: number }> {
  if (reference === 'scratch') return { from: 'scratch', line }
  if (parseImageReference(reference) !== undefined) return { from: 'image', reference, line }
  return { from: 'unknown', line, why: `\`FROM ${reference}\` is no complete image reference` }
}
