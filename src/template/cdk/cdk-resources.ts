import { basename } from 'node:path'
import type { Candidate } from '../select-resource.ts'
import { namedConstruct } from './construct-paths.ts'
import { member, type PlainResource } from './plain-template.ts'
import type { StackTemplate } from './stack-templates.ts'

/** A function or layer in one of an assembly's templates. */
export type CdkResource = Candidate & {
  readonly logicalId: string
  readonly template: StackTemplate
  readonly resource: PlainResource
  readonly isZip: boolean
}

/** The functions and layers of a template, whatever their conditions. */
export function cdkResources(template: StackTemplate): readonly CdkResource[] {
  return [...template.resources].flatMap(([logicalId, resource]) => {
    const kind = KINDS.get(resource.type)
    if (kind === undefined) return []
    const path = template.pathOf(logicalId)
    const construct = path === undefined ? undefined : namedConstruct(path)
    const id = construct ?? `${basename(template.path, '.template.json')}/${logicalId}`
    return {
      id,
      names: [id, logicalId, ...(path === undefined || construct === undefined ? [] : [path, basename(construct)])],
      hashed: [logicalId],
      kind,
      logicalId,
      template,
      resource,
      isZip: kind === 'image' && member(resource.properties, 'PackageType') !== 'Image',
    }
  })
}

const KINDS: ReadonlyMap<string, Candidate['kind']> = new Map([
  ['AWS::Lambda::Function', 'image'],
  ['AWS::Lambda::LayerVersion', 'layer'],
  // Of aws-cdk-lib/aws-sam, or of a SAM template that the app includes.
  ['AWS::Serverless::Function', 'image'],
  ['AWS::Serverless::LayerVersion', 'layer'],
])
