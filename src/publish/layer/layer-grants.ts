import type { LayerGrant } from '../../ports/layer-api.ts'

/** Entry of `share-with`: an account of 12 digits, `org:o-…`, or `*`. */
export type Sharee = string

const ACTION = 'lambda:GetLayerVersion'
const SID = 'lambda-parity'

/** The statement that lets a sharee use a version. Its id follows from the sharee alone, so that a second run finds it. */
export function grantFor(sharee: Sharee): LayerGrant {
  if (sharee === '*') return { statementId: `${SID}-everyone`, principal: '*' }
  if (sharee.startsWith('org:')) {
    const organizationId = sharee.slice('org:'.length)
    return { statementId: `${SID}-${organizationId}`, principal: '*', organizationId }
  }
  return { statementId: `${SID}-${sharee}`, principal: sharee }
}

export type ReadPolicy = {
  /** Sharees that the policy lets use the version, whatever the ids of its statements. */
  readonly sharees: readonly Sharee[]
  readonly statementIds: readonly string[]
  /** Ids of statements that let somebody use it in a way that is none of ours. */
  readonly others: readonly string[]
}

type Statement = {
  readonly Sid?: unknown
  readonly Effect?: unknown
  readonly Principal?: unknown
  readonly Action?: unknown
  readonly Condition?: unknown
}

/** What a version's policy grants. Throws SyntaxError for a text that is no JSON. */
export function readPolicy(text: string | undefined): ReadPolicy {
  const document: unknown = text === undefined ? {} : JSON.parse(text)
  const statements = [Reflect.get(Object(document), 'Statement') ?? []].flat().map((one) => Object(one) as Statement)
  const read = statements.map((statement) => ({ id: String(statement.Sid ?? ''), sharee: shareeOf(statement) }))
  return {
    sharees: [...new Set(read.flatMap(({ sharee }) => sharee ?? []))],
    statementIds: read.map(({ id }) => id),
    others: read.filter(({ sharee }) => sharee === undefined).map(({ id }) => id),
  }
}

function shareeOf({ Effect, Principal, Action, Condition }: Statement): Sharee | undefined {
  const actions = [Action].flat()
  if (Effect !== 'Allow' || actions.length !== 1 || actions[0] !== ACTION) return undefined
  const principal = typeof Principal === 'string' ? Principal : Reflect.get(Object(Principal), 'AWS')
  if (Condition !== undefined) {
    const [operator, ...more] = Object.entries(Object(Condition))
    const [key, ...keys] = Object.entries(Object(operator?.[1]))
    const organization = [key?.[1]].flat()
    const isOurs = operator?.[0] === 'StringEquals' && /^aws:principalorgid$/i.test(key?.[0] ?? '')
    if (!isOurs || more.length > 0 || keys.length > 0 || organization.length !== 1 || principal !== '*')
      return undefined
    return `org:${organization[0]}`
  }
  if (principal === '*') return '*'
  return /^(?:arn:aws[a-zA-Z-]*:iam::)?(\d{12})(?::root)?$/.exec(String(principal))?.[1]
}
