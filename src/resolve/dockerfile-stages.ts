import { DockerfileParser, type From, type Instruction, type ModifiableInstruction } from 'dockerfile-ast'
import type { DockerfileOptions } from './dockerfile.ts'
import { expand, globalArguments } from './dockerfile-variables.ts'

/** A stage as its FROM says it, variables replaced. `line` counts from 1. */
export type Stage = {
  readonly index: number
  readonly name?: string
  readonly line: number
  readonly reference: string
  readonly origin: Origin
  readonly instructions: readonly Instruction[]
}

/** What a name in FROM or `--from` stands for: a named context before a stage, a stage before an image. */
export type Origin =
  | { readonly context: string; readonly stage?: undefined }
  | { readonly stage: number; readonly context?: undefined }
  | { readonly image: string; readonly stage?: undefined; readonly context?: undefined }

export type DockerfileStages = {
  readonly count: number
  /** Names of those that have one. */
  readonly names: readonly string[]
  /** Number of the stage that is built (`target`, else the last); -1: there is none of that name. */
  target(): number
  /** The stage and those that it is built on, the one that starts from an image last. */
  chain(index: number): readonly Stage[]
  /** What `COPY --from=<name>` in stage `below` takes files from. */
  origin(name: string, below: number): Origin
}

/** The stages of a Dockerfile. Pure; never throws. */
export function readStages(text: string, options: DockerfileOptions): DockerfileStages {
  const dockerfile = DockerfileParser.parse(text)
  const froms = dockerfile.getFROMs()
  const variables = globalArguments(dockerfile, options.buildArgs, options.architecture)
  const contexts = new Map(options.buildContexts.map((line) => splitOnce(line.toLowerCase(), line)))
  const instructions = dockerfile.getInstructions()

  function origin(name: string, below: number): Origin {
    const context = contexts.get(name.toLowerCase())
    if (context !== undefined) return { context }
    const stage = stageIndex(froms.slice(0, below), name)
    return stage === -1 ? { image: name } : { stage }
  }

  function stage(index: number): Stage {
    const from = froms[index]
    const line = lineOf(from)
    const next = index + 1 < froms.length ? lineOf(froms[index + 1]) : Number.POSITIVE_INFINITY
    const reference = expand(from?.getImage() ?? '', variables)
    const name = from?.getBuildStage() ?? undefined
    return {
      index,
      ...(name === undefined ? {} : { name }),
      line,
      reference,
      origin: origin(reference, index),
      instructions: instructions.filter((one) => lineOf(one) > line && lineOf(one) < next),
    }
  }

  return {
    count: froms.length,
    names: froms.flatMap((from) => from.getBuildStage() ?? []),
    target: () => (options.target === undefined ? froms.length - 1 : stageIndex(froms, options.target)),
    origin,
    chain(index) {
      const first = stage(index)
      const chain = [first]
      for (let at: Origin = first.origin; at.stage !== undefined; at = (chain.at(-1) ?? first).origin)
        chain.push(stage(at.stage))
      return chain
    },
  }
}

/** Value of `--name=value` of an instruction, each time it is given. */
export function flags(instruction: Instruction, name: string): readonly string[] {
  const { getFlags } = instruction as Partial<ModifiableInstruction>
  const given = getFlags?.call(instruction) ?? []
  return given.flatMap((flag) => (flag.getName() === name ? (flag.getValue() ?? []) : []))
}

/** A stage is named without regard to case, or by its number; the last of equal names counts. */
function stageIndex(stages: readonly From[], name: string): number {
  const byName = stages.findLastIndex((stage) => stage.getBuildStage()?.toLowerCase() === name.toLowerCase())
  if (byName !== -1 || !/^\d+$/.test(name)) return byName
  return Number(name) < stages.length ? Number(name) : -1
}

function lineOf(instruction: Instruction | undefined): number {
  return (instruction?.getRange().start.line ?? 0) + 1
}

function splitOnce(lower: string, line: string): readonly [string, string] {
  const equals = line.indexOf('=')
  return [lower.slice(0, equals), line.slice(equals + 1)]
}
