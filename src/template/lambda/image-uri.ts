import type { TemplateNode } from '../document/template-node.ts'
import type { Supplies } from '../supplies.ts'
import { evaluate } from '../values/evaluate.ts'
import { isUnknown, plainText } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'

const REPOSITORIES = ['AWS::ECR::Repository', 'AWS::ECR::PublicRepository']

/**
 * Supplies `image` from a function's `ImageUri`. Returns why there is nothing to read yet when the image is in a repository
 * that the same template makes.
 */
export function imageUri(node: TemplateNode, scope: Scope, supplies: Supplies): string | undefined {
  const place = { property: 'ImageUri', line: node.line }
  const result = evaluate(node, scope)
  if (isUnknown(result)) {
    const repository = result.unknown.find(({ resource = '' }) =>
      REPOSITORIES.includes(scope.resources.get(resource) ?? ''),
    )?.resource
    if (repository !== undefined)
      return `the image comes from the repository \`${repository}\` of the same template or stack (\`ImageUri\`, line ${node.line}), which cannot be read before it is deployed`
    supplies.unresolved('image', place, result.unknown, true)
    return undefined
  }
  const text = 'value' in result ? plainText(result.value) : undefined
  if (text === undefined || text === '') supplies.problem(place, 'It names no image.', 'image')
  else supplies.text('image', text, place)
  return undefined
}
