import { alternatives, type InputProblem } from '../../inputs/problem.ts'
import { nearestNames } from '../../nearest-names.ts'
import { isListParameter, type Parameter } from './parameters.ts'
import { PSEUDO_NAMES } from './pseudo-parameters.ts'
import type { Scope } from './scope.ts'

const INPUT = 'template-parameters'

/** What of the given parameters the template does not know or would not take. Values of NoEcho parameters are not shown. */
export function parameterProblems(
  { parameters }: Pick<Scope, 'parameters'>,
  given: Readonly<Record<string, string>>,
): readonly InputProblem[] {
  return Object.keys(given).flatMap((name) => {
    const parameter = parameters.get(name)
    if (parameter !== undefined) return refusal(parameter)
    return (PSEUDO_NAMES as readonly string[]).includes(name) ? [] : [unknownName(name, [...parameters.keys()])]
  })
}

function unknownName(name: string, known: readonly string[]): InputProblem {
  if (known.length === 0) return { input: INPUT, value: name, why: 'The template has no parameters.' }
  const meant = nearestNames(name, known)
  const hint = meant.length === 0 ? '' : ` Did you mean ${alternatives(meant)}?`
  return {
    input: INPUT,
    value: name,
    why: `The template has no parameter of that name.${hint} Accepted: ${alternatives(known)}.`,
  }
}

/** As CloudFormation refuses them before anything is made. Patterns are left to it: they are code of the template. */
function refusal(parameter: Parameter): readonly InputProblem[] {
  const { name, type, text = '', noEcho, allowed } = parameter
  const items = isListParameter(parameter) ? text.split(',').map((item) => item.trim()) : [text]
  const shown = noEcho ? name : `${name}=${text}`
  if (allowed.length > 0 && items.some((item) => !allowed.includes(item)))
    return [{ input: INPUT, value: shown, why: `The template allows ${alternatives(allowed)}.` }]
  if (type === 'Number' && (text.trim() === '' || !Number.isFinite(Number(text))))
    return [{ input: INPUT, value: shown, why: 'The template declares it as a number.' }]
  return []
}
