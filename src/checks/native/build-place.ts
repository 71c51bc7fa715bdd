import type { Subject } from '../check.ts'
import { code } from '../facts/wording.ts'

/** What compiled the code: `name` as it stands in a sentence, `reference` as `COPY --from` and `docker run` take it. */
export function buildPlace({ build, buildStage }: Subject): { readonly name: string; readonly reference: string } {
  const reference = build?.subject.reference ?? 'build'
  return buildStage?.name === undefined
    ? { name: `the build image ${code(reference)}`, reference }
    : { name: `the build stage ${code(buildStage.name)}`, reference: buildStage.name }
}
