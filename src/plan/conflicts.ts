import type { Context } from '../context.ts'
import { ACCOUNT, parseFunctionName } from '../inputs/aws-names.ts'
import type { InputProblem } from '../inputs/problem.ts'
import type { InputName, Inputs } from '../inputs/read-inputs.ts'
import { layerContradictions, layerWarnings } from './layer-conflicts.ts'
import { layerTargetProblems } from './layer-target.ts'
import { noEffects } from './no-effects.ts'
import { regionOf, targetRepository } from './target.ts'

export type Conflicts = { readonly problems: readonly InputProblem[]; readonly warnings: readonly string[] }

/**
 * Inputs that contradict each other or lack one (problems), or have no effect beside another (warnings). Pure.
 * `credentials`: with them `publish: auto` publishes, and then needs what publishing needs. `supplied`: inputs that nobody
 * wrote, a template says them.
 */
export function conflicts(
  inputs: Inputs,
  context: Context,
  credentials: 'found' | 'none',
  supplied: ReadonlySet<InputName> = new Set(),
): Conflicts {
  if (inputs.kind === 'layer') {
    return {
      problems: [...layerContradictions(inputs), ...layerTargetProblems(inputs, context, credentials)],
      warnings: [...noEffects(inputs, supplied), ...layerWarnings(inputs), ...qualifier(inputs)],
    }
  }
  return {
    problems: [...contradictions(inputs, context, credentials), ...kindForgotten(inputs)],
    warnings: [...noEffects(inputs, supplied), ...qualifier(inputs)],
  }
}

/** Who names a layer's files means a layer. */
function kindForgotten(inputs: Inputs): InputProblem[] {
  const given = (['layer-path', 'layer-source'] as const).find((name) => inputs[name] !== undefined)
  if (given === undefined) return []
  return [{ input: 'kind', why: `It is \`image\`, but \`${given}\` is given. Set \`kind: layer\`, or leave it out.` }]
}

function contradictions(inputs: Inputs, context: Context, credentials: 'found' | 'none'): InputProblem[] {
  const problems: InputProblem[] = []
  const target = targetRepository(inputs)
  const region = regionOf(inputs, context)
  const named = parseFunctionName(inputs['function-name'] ?? '')
  if (publishes(inputs, credentials)) {
    if (target === undefined) problems.push(REPOSITORY_NEEDED)
    if (region === undefined) problems.push(REGION_NEEDED)
    if (inputs.tags === undefined && context.commit === undefined) problems.push(TAGS_NEEDED)
  }
  if (named?.region !== undefined && region !== undefined && named.region !== region) {
    const value = inputs['function-name'] ?? ''
    const why = `Its region is not that of the run, ${region}. Set \`aws-region: ${named.region}\`: function and repository stand in one region.`
    problems.push({ input: 'function-name', value, why })
  }
  if (target?.region !== undefined && region !== undefined && target.region !== region && inputs.publish !== 'never') {
    const why = `Its registry is in ${target.region}, the run in ${region}, and Lambda takes images of its own region only. Set \`aws-region: ${target.region}\`, or \`repository\` to copy the image.`
    problems.push({ input: 'image', value: inputs.image ?? '', why })
  }
  for (const value of inputs['share-with'] ?? []) {
    if (ACCOUNT.test(value)) continue
    const why = 'An image is shared with accounts only. Accepted: account ids of 12 digits.'
    problems.push({ input: 'share-with', value, why })
  }
  if (inputs['ca-bundle'] !== undefined && inputs.secrets?.some(({ id }) => id === 'ca-bundle')) {
    problems.push({ input: 'secrets', why: 'The id `ca-bundle` is taken by the input `ca-bundle`: give one of them.' })
  }
  return problems
}

/** `auto` with credentials but neither repository (layer name) nor function skips, which is no error (contract: `publish`). */
export function publishes(inputs: Inputs, credentials: 'found' | 'none'): boolean {
  if (inputs.publish === 'always') return true
  const target = inputs.kind === 'layer' ? inputs['layer-name'] : targetRepository(inputs)
  const named = target !== undefined || inputs['function-name'] !== undefined
  return inputs.publish !== 'never' && credentials === 'found' && named
}

export const REPOSITORY_NEEDED: InputProblem = {
  input: 'repository',
  why: 'It is needed to publish an image and not given. Accepted: the name of an ECR repository.',
}

export const REGION_NEEDED: InputProblem = {
  input: 'aws-region',
  why: 'No region is given, neither here nor in AWS_REGION or AWS_DEFAULT_REGION. Accepted: a region such as `eu-west-1`.',
}

export const TAGS_NEEDED: InputProblem = {
  input: 'tags',
  why: 'None is given, and there is no commit to name one after (neither a pull request nor GITHUB_SHA). Accepted: one or more tags.',
}

function qualifier(inputs: Inputs): string[] {
  const named = parseFunctionName(inputs['function-name'] ?? '')
  if (named?.qualifier === undefined || named.qualifier === '$LATEST') return []
  return [
    `\`function-name\` ends in the qualifier \`${named.qualifier}\`, which is left out: code is updated in $LATEST. To move an alias, use \`alias\`.`,
  ]
}
