import type { Context } from '../context.ts'
import { parseFunctionName } from '../inputs/aws-names.ts'
import type { InputProblem } from '../inputs/problem.ts'
import type { Inputs } from '../inputs/read-inputs.ts'
import { publishes, REGION_NEEDED } from './conflicts.ts'
import { regionOf } from './target.ts'

/** What of a layer's inputs stands in the way of publishing and attaching it. */
export function layerTargetProblems(
  inputs: Inputs,
  context: Context,
  credentials: 'found' | 'none',
): readonly InputProblem[] {
  const problems: InputProblem[] = []
  const region = regionOf(inputs, context)
  const name = inputs['layer-name']
  if (publishes(inputs, credentials)) {
    if (name === undefined) problems.push(LAYER_NAME_NEEDED)
    if (region === undefined) problems.push(REGION_NEEDED)
  }
  if (inputs.publish === 'never' || region === undefined) return problems
  const elsewhere = (own: string, what: string) =>
    `Its region is not that of the run, ${region}. Set \`aws-region: ${own}\`: ${what}`
  const [, own] = /^arn:[^:]+:lambda:([^:]+):/.exec(name ?? '') ?? []
  if (name !== undefined && own !== undefined && own !== region) {
    problems.push({ input: 'layer-name', value: name, why: elsewhere(own, 'a layer is published in its own region.') })
  }
  const named = parseFunctionName(inputs['function-name'] ?? '')
  if (named?.region !== undefined && named.region !== region) {
    const why = elsewhere(named.region, 'function and layer stand in one region.')
    problems.push({ input: 'function-name', value: inputs['function-name'] ?? '', why })
  }
  return problems
}

export const LAYER_NAME_NEEDED: InputProblem = {
  input: 'layer-name',
  why: 'It is needed to publish a layer and not given. Accepted: the name of a layer, or its ARN without a version.',
}
