import type { InputProblem } from '../inputs/problem.ts'
import type { Inputs } from '../inputs/read-inputs.ts'

/** What of a layer's inputs contradicts each other or is missing. */
export function layerContradictions(inputs: Inputs): InputProblem[] {
  const problems: InputProblem[] = []
  const { runtime, architecture = 'x86_64' } = inputs
  const architectures = inputs['compatible-architectures']
  if (runtime === undefined) problems.push(RUNTIME_NEEDED)
  if (runtime?.imageOnly) {
    const why = 'That exists as a base image only: no function of it can mount a layer.'
    problems.push({ input: 'runtime', value: runtime.id, why })
  }
  problems.push(...source(inputs))
  if (architectures !== undefined && !architectures.includes(architecture)) {
    const why = `It does not name \`${architecture}\`, which the layer is checked for. Add it, or set \`architecture\`.`
    problems.push({ input: 'compatible-architectures', value: architectures.join(', '), why })
  }
  if (inputs.image !== undefined) {
    const why = 'An image is no layer: `kind` is `layer`. Leave one of them out.'
    problems.push({ input: 'image', value: inputs.image, why })
  }
  return problems
}

const RUNTIME_NEEDED: InputProblem = {
  input: 'runtime',
  why: 'It is needed for a layer and not given. Accepted: the Lambda runtime identifier of the functions that use it, such as `python3.13`.',
}

function source(inputs: Inputs): InputProblem[] {
  const path = inputs['layer-path']
  const folder = inputs['layer-source']
  if (path === undefined && folder === undefined) {
    const why =
      'A layer needs one of `layer-source` and `layer-path`, and neither is given. Accepted: as `layer-source` a folder with a dependency manifest (`requirements.txt`, `package.json`, …), as `layer-path` a folder laid out as under /opt (`python/`, `nodejs/node_modules`, …) or a finished zip.'
    return [{ input: 'layer-source', why }]
  }
  if (path !== undefined && folder !== undefined) {
    const why = 'It is given beside `layer-source`: a layer comes from one of them.'
    return [{ input: 'layer-path', value: path, why }]
  }
  return []
}

/** Inputs that are in order, and yet not what was meant: said as warnings. */
export function layerWarnings(inputs: Inputs): readonly string[] {
  const { runtime, architecture = 'x86_64' } = inputs
  const listed = inputs['compatible-runtimes']
  const others = inputs['compatible-architectures']?.filter((one) => one !== architecture) ?? []
  return [
    ...(runtime !== undefined && listed !== undefined && !listed.some(({ id }) => id === runtime.id)
      ? [
          `\`compatible-runtimes\` does not name \`runtime\`, \`${runtime.id}\`: the layer is checked for it all the same.`,
        ]
      : []),
    ...(others.length === 0
      ? []
      : [
          `\`compatible-architectures\` names \`${others.join('`, `')}\` too, and this run checks for \`${architecture}\` only.`,
        ]),
    ...(inputs['build-command'] !== undefined && inputs['layer-source'] === undefined
      ? ['`build-command` has no effect: without `layer-source` nothing is built.']
      : []),
  ]
}
