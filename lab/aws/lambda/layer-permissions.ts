import { randomUUID } from 'node:crypto'
import type {
  AddLayerVersionPermissionCommandInput,
  AddLayerVersionPermissionCommandOutput,
  GetLayerVersionPolicyCommandOutput,
  RemoveLayerVersionPermissionCommandInput,
} from '@aws-sdk/client-lambda'
import type { Output } from '../operations.ts'
import { lambdaErrors } from './errors.ts'
import type { LayerId, Layers, LayerVersion, Statement } from './layer-store.ts'

const ACTION = 'lambda:GetLayerVersion'

export function addLayerVersionPermission(
  input: AddLayerVersionPermissionCommandInput,
  layers: Layers,
): Output<AddLayerVersionPermissionCommandOutput> {
  const version = changeable(input, input.RevisionId, layers)
  if (input.Action !== ACTION) throw invalid('action', input.Action ?? '', ACTION)
  if (!/^[a-zA-Z0-9-_]{1,100}$/.test(input.StatementId ?? ''))
    throw invalid('statementId', input.StatementId ?? '', '([a-zA-Z0-9-_]+)')
  if (!PRINCIPAL.test(input.Principal ?? ''))
    throw invalid('principal', input.Principal ?? '', '\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root')
  if (input.OrganizationId !== undefined && input.Principal !== '*') {
    throw lambdaErrors.invalidParameter('OrganizationId can only be specified with Principal *')
  }
  const { statements = [] } = version.policy ?? {}
  if (statements.some(({ Sid }) => Sid === input.StatementId)) {
    throw lambdaErrors.conflict(
      `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    )
  }
  const added = statement(input, version.item.LayerVersionArn)
  const revisionId = randomUUID()
  version.policy = { statements: [...statements, added], revisionId }
  return { Statement: JSON.stringify(added), RevisionId: revisionId }
}

export function removeLayerVersionPermission(
  input: RemoveLayerVersionPermissionCommandInput,
  layers: Layers,
): undefined {
  const version = changeable(input, input.RevisionId, layers)
  const { statements = [] } = version.policy ?? {}
  const left = statements.filter(({ Sid }) => Sid !== input.StatementId)
  if (left.length === statements.length) {
    throw lambdaErrors.notFound(`Statement ${input.StatementId} is not found in resource policy.`)
  }
  if (left.length === 0) delete version.policy
  else version.policy = { statements: left, revisionId: randomUUID() }
}

export function getLayerVersionPolicy(input: LayerId, layers: Layers): Output<GetLayerVersionPolicyCommandOutput> {
  const { policy } = layers.version(input)
  if (policy === undefined) throw lambdaErrors.notFound('No policy is associated with the given resource.')
  const document = { Version: '2012-10-17', Id: 'default', Statement: policy.statements }
  return { Policy: JSON.stringify(document), RevisionId: policy.revisionId }
}

const PRINCIPAL = /^(?:\d{12}|\*|arn:aws[a-z-]*:iam::\d{12}:root)$/

function changeable(id: LayerId, revisionId: string | undefined, layers: Layers): LayerVersion {
  const version = layers.version(id)
  if (revisionId !== undefined && revisionId !== version.policy?.revisionId) throw lambdaErrors.wrongRevision()
  return version
}

/** As AWS shows it in the policy: an account becomes its root, an organisation a condition. */
function statement(
  { StatementId = '', Principal = '', OrganizationId }: AddLayerVersionPermissionCommandInput,
  Resource: string,
): Statement {
  const account = /^\d{12}$/.test(Principal) ? `arn:aws:iam::${Principal}:root` : Principal
  return {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: account === '*' ? '*' : { AWS: account },
    Action: ACTION,
    Resource,
    ...(OrganizationId && { Condition: { StringEquals: { 'aws:PrincipalOrgID': OrganizationId } } }),
  }
}

function invalid(member: string, value: string, pattern: string) {
  return lambdaErrors.invalidParameter(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  )
}
