import { member } from './plain-template.ts'

/**
 * The text of a property with pseudo parameters as asset manifests write them (`${AWS::Region}`): an image asset's ImageUri
 * is compared with its destinations without resolving either. `undefined`: something else is in it.
 */
export function literalText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  const sub = member(value, 'Fn::Sub')
  if (typeof sub === 'string') return sub
  const ref = member(value, 'Ref')
  if (typeof ref === 'string') return ref.startsWith('AWS::') ? `\${${ref}}` : undefined
  const [separator, parts] = asList(member(value, 'Fn::Join'))
  if (separator !== '' || !Array.isArray(parts)) return undefined
  const texts = parts.map((part) =>
    typeof part === 'object' && member(part, 'Fn::Join') ? undefined : literalText(part),
  )
  return texts.includes(undefined) ? undefined : texts.join('')
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
