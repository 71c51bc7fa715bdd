import { type InputProblem, shortened } from '../../inputs/problem.ts'
import { parseTemplate, type TemplateFault } from '../document/parse-template.ts'
import { child } from '../document/template-node.ts'
import { selectResource } from '../select-resource.ts'
import { unresolvedProblem } from '../supplies.ts'
import { nothingRead, type TemplateRead, type TemplateRequest } from '../template-read.ts'
import { expandLoops, type OpenLoop } from '../values/for-each.ts'
import { parameterProblems } from '../values/parameter-problems.ts'
import { pseudoValues } from '../values/pseudo-parameters.ts'
import { type Scope, templateScope } from '../values/scope.ts'
import { samFunction } from './sam-function.ts'
import { samLayer } from './sam-layer.ts'
import { isFunctionOrLayer, samResources } from './sam-resources.ts'

/** What a SAM or plain CloudFormation template says of the resource that is meant. Pure; never throws. */
export function samTemplate(request: TemplateRequest, text: string): TemplateRead {
  const { path, given } = request
  const parsed = parseTemplate(text)
  if ('faults' in parsed) return nothingRead(parsed.faults.map((fault) => faultProblem(path, fault)))
  if (child(parsed.root, 'Resources')?.kind !== 'map') {
    const why = 'There are no `Resources` in it, so it is no SAM or CloudFormation template.'
    return nothingRead([{ input: 'template', value: path, why }])
  }
  const parameters = given['template-parameters'] ?? {}
  const pseudo = pseudoValues(request, parameters)
  const { root, open } = expandLoops(parsed.root, templateScope(parsed.root, parameters, pseudo))
  const scope = templateScope(root, parameters, pseudo)
  const wrongParameters = parameterProblems(scope, parameters)
  const { candidates, refused } = samResources(root, scope)
  // A name that stands in the template is settled, whatever else its loops would make.
  const named = candidates.some(({ id }) => id === given.resource)
  const unexpanded = named ? [] : open.filter(({ types }) => types.some(isFunctionOrLayer)).map(loopProblem(path))
  const selection =
    unexpanded[0] === undefined ? selectResource(candidates, refused, given) : { problem: unexpanded[0] }
  const masked = () => ({ secrets: [...scope.secrets], secretParameters: secretParameters(scope) })
  if ('problem' in selection) return nothingRead([...wrongParameters, selection.problem], masked())
  const { selected } = selection
  const read =
    selected.kind === 'image' ? samFunction(selected, scope, request, root) : samLayer(selected, scope, request)
  return { ...read, resource: selected.id, problems: [...wrongParameters, ...read.problems], ...masked() }
}

/** Names of parameters whose values nobody may read. */
export function secretParameters({ parameters }: Scope): readonly string[] {
  return [...parameters.values()].flatMap(({ name, noEcho }) => (noEcho ? [name] : []))
}

function loopProblem(path: string): (loop: OpenLoop) => InputProblem {
  return ({ name, line, unknown }) =>
    unresolvedProblem(`The loop \`Fn::ForEach::${shortened(name)}\` (${path}:${line})`, undefined, unknown)
}

function faultProblem(path: string, { line, why }: TemplateFault): InputProblem {
  return { input: 'template', value: path, why: line === undefined ? why : `Line ${line}: ${why}` }
}
