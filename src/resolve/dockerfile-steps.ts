import { DockerfileParser, type From, type Instruction, type Property, PropertyInstruction } from 'dockerfile-ast'
import type { Architecture } from '../lambda/architecture.ts'
import { ownValue } from '../own-value.ts'
import { expand, globalArguments } from './dockerfile-variables.ts'

/** An instruction that may put files into the final image. `line` counts from 1. */
export type Step = {
  readonly keyword: 'FROM' | 'COPY' | 'ADD' | 'RUN'
  readonly line?: number
  /** RUN: the command. Others: as written, for people. */
  readonly text: string
  /** COPY and ADD, variables replaced: absolute, with a trailing slash where it is written with one. */
  readonly destination?: string
  readonly sources?: readonly string[]
  /** Absolute; where a RUN starts. */
  readonly workingDirectory: string
}

export type StepOptions = {
  readonly target?: string | undefined
  readonly buildArgs: Readonly<Record<string, string>>
  readonly architecture: Architecture
  /** Variables and working directory of the image, for what the base brings (`${LAMBDA_TASK_ROOT}`). */
  readonly environment: Readonly<Record<string, string>>
  readonly workingDirectory: string
}

/** The instructions of the stage that is built and of the stages it stands on, in their order. Pure; never throws. */
export function dockerfileSteps(text: string, options: StepOptions): readonly Step[] {
  const dockerfile = DockerfileParser.parse(text)
  const stages = stagesOf(dockerfile.getInstructions())
  const globals = globalArguments(dockerfile, options.buildArgs, options.architecture)
  const name = (stage: From) => expand(stage.getImage() ?? '', globals).toLowerCase()
  const find = (wanted: string, before: number) =>
    stages.findLastIndex(
      ({ from }, index) =>
        index < before && (from.getBuildStage()?.toLowerCase() === wanted || String(index) === wanted),
    )
  const target = options.target?.toLowerCase()
  let index = target === undefined ? stages.length - 1 : find(target, stages.length)
  const chain: (typeof stages)[number][] = []
  while (index >= 0) {
    const stage = stages[index]
    if (stage === undefined) break
    chain.unshift(stage)
    index = find(name(stage.from), index)
  }
  const [first] = chain
  if (first === undefined) return []
  const scope = { variables: new Map(Object.entries(options.environment)), folder: '/' }
  // AWS's base images and most of a company's own set it; the image has it in the end unless the Dockerfile changes it.
  const setsFolder = chain.some(({ instructions }) => instructions.some((one) => one.getKeyword() === 'WORKDIR'))
  scope.folder = setsFolder ? (options.environment.LAMBDA_TASK_ROOT ?? '/') : options.workingDirectory
  const base: Step = {
    keyword: 'FROM',
    line: lineOf(first.from),
    text: `FROM ${first.from.getArgumentsContent() ?? ''}`,
    workingDirectory: '/',
  }
  return [
    base,
    ...chain.flatMap(({ instructions }) => instructions.flatMap((one) => step(one, scope, options.buildArgs))),
  ]
}

type Scope = { readonly variables: Map<string, string>; folder: string }

function stagesOf(instructions: readonly Instruction[]) {
  const stages: { readonly from: From; readonly instructions: Instruction[] }[] = []
  for (const instruction of instructions) {
    if (instruction.getKeyword() === 'FROM') stages.push({ from: instruction as From, instructions: [] })
    else stages.at(-1)?.instructions.push(instruction)
  }
  return stages
}

function step(instruction: Instruction, scope: Scope, buildArgs: Readonly<Record<string, string>>): readonly Step[] {
  const keyword = instruction.getKeyword()
  const text = instruction.getArgumentsContent() ?? ''
  const common = { line: lineOf(instruction), workingDirectory: scope.folder }
  switch (keyword) {
    case 'WORKDIR':
      scope.folder = absolute(expand(text, scope.variables), scope.folder).replace(/(.)\/$/, '$1')
      return []
    case 'ENV':
    case 'ARG':
      for (const property of properties(instruction)) {
        const value = (keyword === 'ARG' ? ownValue(buildArgs, property.getName()) : undefined) ?? property.getValue()
        if (value !== null) scope.variables.set(property.getName(), expand(value, scope.variables))
      }
      return []
    case 'COPY':
    case 'ADD': {
      const words = argumentsOf(instruction, text).map((word) => expand(word, scope.variables))
      const [destination, ...sources] = words.toReversed()
      if (destination === undefined) return []
      return [
        {
          ...common,
          keyword,
          text: `${keyword} ${text}`,
          sources: sources.reverse(),
          destination: absolute(destination, scope.folder),
        },
      ]
    }
    case 'RUN':
      return [{ ...common, keyword, text: argumentsOf(instruction, text).join(' ') }]
    default:
      return []
  }
}

/** Words of the shell form or of the JSON form. */
function argumentsOf(instruction: Instruction, text: string): readonly string[] {
  if (text.startsWith('[')) {
    try {
      const words: unknown = JSON.parse(text)
      if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words
    } catch {
      // Not JSON: BuildKit takes it as the shell form then.
    }
  }
  return instruction.getArguments().map((argument) => argument.getValue())
}

function properties(instruction: Instruction): readonly Property[] {
  return instruction instanceof PropertyInstruction ? instruction.getProperties() : []
}

function absolute(path: string, folder: string): string {
  const joined = path.startsWith('/') ? path : `${folder === '/' ? '' : folder}/${path}`
  const parts: string[] = []
  for (const part of joined.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  const isFolder = /\/$|\/\.$|^\.$/.test(path)
  return `/${parts.join('/')}${isFolder && parts.length > 0 ? '/' : ''}`
}

function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1
}
