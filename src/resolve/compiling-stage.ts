import type { Instruction } from 'dockerfile-ast'
import { baseOf, type DockerfileOptions } from './dockerfile.ts'
import { type DockerfileStages, flags, type Origin, readStages } from './dockerfile-stages.ts'

/** Where the code of an image was compiled, as far as its Dockerfile tells. */
export type CompilingStage = {
  /** Name of the stage, which can be built alone; absent: it has none, or files come straight from another image. */
  readonly stage?: string
  /** The image that the stage starts from; absent: not told by the file (`scratch`, a named context). */
  readonly base?: string
  /** Line of the stage's FROM, or of the COPY; from 1. */
  readonly line: number
}

/** One instruction that brings files of somewhere else. */
type Source = { readonly origin: Origin; readonly weight: number; readonly line: number }

/**
 * The stage, or image, that the built image takes the user's files from; `undefined` when it takes none from elsewhere.
 * Of several it is the one that fills Lambda's folders. A stage that only packs (no RUN) leads on to where it takes from.
 */
export function compilingStage(text: string, options: DockerfileOptions): CompilingStage | undefined {
  const stages = readStages(text, options)
  const built = stages.target()
  if (stages.count === 0 || built === -1) return undefined
  for (let index = built; ; ) {
    const source = heaviest(sources(stages, index))
    const next = source?.origin
    if (source === undefined || next === undefined) return index === built ? undefined : stageAt(stages, index)
    if (next.stage === undefined) {
      const image = imageOf(next)
      if (image !== undefined) return { base: image, line: source.line }
      return index === built ? undefined : stageAt(stages, index)
    }
    // Stages only take from earlier ones, so this ends.
    index = next.stage
    if (stages.chain(index).some(({ instructions }) => instructions.some(isRun))) return stageAt(stages, index)
  }
}

function stageAt(stages: DockerfileStages, index: number): CompilingStage {
  const [stage] = stages.chain(index)
  const base = baseOf(stages, index)
  return {
    ...(stage?.name === undefined ? {} : { stage: stage.name }),
    ...(base.from === 'image' ? { base: base.reference } : {}),
    line: stage?.line ?? 1,
  }
}

function sources(stages: DockerfileStages, index: number): readonly Source[] {
  return stages.chain(index).flatMap(({ index: below, instructions }) =>
    instructions.flatMap((instruction) => {
      const line = instruction.getRange().start.line + 1
      return namesOf(instruction).flatMap((name): Source[] => {
        const origin = stages.origin(name, below)
        const weight = weigh(instruction, origin)
        return weight === 0 ? [] : [{ origin, weight, line }]
      })
    }),
  )
}

/** `COPY --from=name`, and `RUN --mount=type=bind,from=name`, whose command may copy. */
function namesOf(instruction: Instruction): readonly string[] {
  const keyword = instruction.getKeyword()
  if (keyword === 'COPY') return flags(instruction, 'from')
  if (keyword !== 'RUN') return []
  return flags(instruction, 'mount').flatMap((mount) => /(?:^|,)from=([^,]+)/.exec(mount)?.[1] ?? [])
}

const USER_FOLDERS =
  /\/var\/task|LAMBDA_TASK_ROOT|\/opt\b|site-packages|node_modules|\.venv|vendor|bootstrap|\/function|\/app\b/
const TOOL_FOLDERS =
  /^(?:\/opt\/extensions|\/usr\/(?:local\/)?s?bin|\/s?bin|\/etc|\/aws-lambda|\/usr\/lib\/locale|\/usr\/share)(?:\/|$)/

/** Another image than a stage of this file mostly brings tools: an adapter, a package installer, certificates. */
function weigh(instruction: Instruction, { stage }: Origin): number {
  if (instruction.getKeyword() === 'RUN') return stage === undefined ? 0 : 1
  const texts = instruction.getArguments().map((argument) => argument.getValue())
  if (TOOL_FOLDERS.test(texts.at(-1) ?? '')) return stage === undefined ? 0 : 2
  return (stage === undefined ? 1 : 3) + (texts.some((text) => USER_FOLDERS.test(text)) ? 2 : 0)
}

/** The one whose weightiest instruction weighs most, then the one with more of them, then the first. */
function heaviest(all: readonly Source[]): Source | undefined {
  const total = (source: Source) =>
    all
      .filter(({ origin }) => JSON.stringify(origin) === JSON.stringify(source.origin))
      .reduce((sum, { weight }) => sum + weight, 0)
  return [...all].sort((a, b) => b.weight - a.weight || total(b) - total(a) || a.line - b.line)[0]
}

function imageOf(origin: Origin): string | undefined {
  if ('image' in origin) return origin.image
  const image = origin.context?.replace(/^docker-image:\/\//, '')
  return image === origin.context ? undefined : image
}

function isRun(instruction: Instruction): boolean {
  return instruction.getKeyword() === 'RUN'
}
