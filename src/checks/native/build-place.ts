import type { Subject } from '../check.ts'
import { code } from '../facts/wording.ts'

/** What compiled the code: `name` as it stands in a sentence, `reference` as `COPY --from` and `docker run` take it. */
export function buildPlace({ build, buildStage }: Subject): { readonly name: string; readonly reference: string } {
  const reference = build?.subject.reference ?? 'build'
  return buildStage?.name === undefined
    ? { name: `the build image ${code(reference)}`, reference }
    : { name: `the build stage ${code(buildStage.name)}`, reference: buildStage.name }
}

/** The stage of an image's Dockerfile that compiled the code, where its FROM can be changed to the final stage's base. */
export function movableStage(subject: Subject): { readonly words: string; readonly from: string } | undefined {
  const { plan, buildStage } = subject
  if (plan.kind === 'layer' || plan.base === undefined || buildStage?.name === undefined) return undefined
  const line = plan.buildImage?.from === 'stage' ? ` (line ${plan.buildImage.line})` : ''
  return { words: buildPlace(subject).name + line, from: `FROM ${plan.base.reference} AS ${buildStage.name}` }
}
