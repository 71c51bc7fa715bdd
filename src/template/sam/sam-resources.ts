import { child, entriesOf, type TemplateNode, textOf } from '../document/template-node.ts'
import type { Candidate, Refused } from '../select-resource.ts'
import { conditionNamed } from '../values/conditions.ts'
import { evaluate } from '../values/evaluate.ts'
import { isUnknown, plainText } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'
import { docker } from './docker-metadata.ts'
import { withGlobals } from './globals.ts'

/** A function or layer of a template, Globals merged in. */
export type SamResource = Candidate & {
  readonly type: string
  readonly line: number
  readonly properties: TemplateNode | undefined
  readonly metadata: TemplateNode | undefined
}

export type SamResources = { readonly candidates: readonly SamResource[]; readonly refused: readonly Refused[] }

const FUNCTIONS = ['AWS::Serverless::Function', 'AWS::Lambda::Function']
const LAYERS = ['AWS::Serverless::LayerVersion', 'AWS::Lambda::LayerVersion']
const NESTED = ['AWS::Serverless::Application', 'AWS::CloudFormation::Stack']

export function isFunctionOrLayer(type: string): boolean {
  return FUNCTIONS.includes(type) || LAYERS.includes(type)
}

/** What of a template can be chosen, and what somebody may name that cannot. */
export function samResources(root: TemplateNode, scope: Scope): SamResources {
  const candidates: SamResource[] = []
  const refused: Refused[] = []
  for (const [id, node] of entriesOf(child(root, 'Resources'))) {
    const resource = samResource(id, node, root)
    if (resource === undefined) continue
    const why = 'why' in resource ? resource.why : (isOff(id, node, scope) ?? isZip(resource, scope))
    if (why !== undefined) refused.push({ id, names: [id], why })
    else if (!('why' in resource)) candidates.push(resource)
  }
  return { candidates, refused }
}

function samResource(id: string, node: TemplateNode, root: TemplateNode): SamResource | { why: string } | undefined {
  const type = textOf(child(node, 'Type')) ?? ''
  if (NESTED.includes(type)) return { why: `\`${id}\` is a nested application: give its own template as \`template\`.` }
  const common = { id, names: [id], type, line: node.line, metadata: child(node, 'Metadata') }
  if (LAYERS.includes(type)) return { ...common, kind: 'layer', properties: child(node, 'Properties') }
  if (!FUNCTIONS.includes(type)) return undefined
  const properties = type === 'AWS::Serverless::Function' ? withGlobals(root, node) : child(node, 'Properties')
  return { ...common, kind: 'image', properties }
}

/** A condition that cannot be told leaves the resource to be chosen. */
function isOff(id: string, node: TemplateNode, scope: Scope): string | undefined {
  const name = textOf(child(node, 'Condition'))
  if (name === undefined) return undefined
  const truth = conditionNamed(name, node, scope, evaluate)
  if (isUnknown(truth) || truth.truth) return undefined
  return `\`${id}\` is not deployed: its condition \`${name}\` is false. Parameters in \`template-parameters\` may change that.`
}

/** Without a package type a function is a Zip one. One whose type cannot be told counts as what its metadata says. */
function isZip({ id, kind, line, properties, metadata }: SamResource, scope: Scope): string | undefined {
  if (kind === 'layer') return undefined
  const node = child(properties, 'PackageType')
  const result = node === undefined ? undefined : evaluate(node, scope)
  if (result !== undefined && isUnknown(result) && (docker(metadata) || child(properties, 'ImageUri') !== undefined))
    return undefined
  const stated = result !== undefined && 'value' in result ? plainText(result.value) : undefined
  if (stated === 'Image') return undefined
  const forgotten =
    docker(metadata) && stated === undefined ? ' It has Docker metadata: `PackageType: Image` makes it an image.' : ''
  return `\`${id}\` (line ${line}) is a Zip function, and this action builds images and layers.${forgotten} Deploy it with \`sam deploy\` or aws-actions/aws-lambda-deploy; a layer of it can be checked here.`
}
