/** Accounts whose Lambda functions may pull from a repository. */
export type PullAccess = {
  /** 12-digit accounts. */
  readonly accounts: readonly string[]
  /** Region of the functions, which is that of the repository. */
  readonly region: string
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string
}

type Statement = {
  readonly Sid?: string
  readonly Effect?: string
  readonly Principal?: unknown
  readonly Action?: unknown
  readonly Condition?: unknown
}
type Policy = { readonly Version?: string; readonly Statement: readonly Statement[] }

const ACTIONS = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const SERVICE = 'lambda.amazonaws.com'
const VERSION = '2012-10-17'

/** AWS's names of the two statements: Lambda developer guide, "Amazon ECR cross-account permissions". */
const GRANTS = [
  { sid: 'CrossAccountPermission', statement: accountStatement, accounts: principalAccounts },
  { sid: 'LambdaECRImageCrossAccountRetrievalPolicy', statement: serviceStatement, accounts: functionAccounts },
] as const

/** The statement that Lambda itself adds for functions of the repository's own account, by its name. */
export function ownPullStatement(): Statement {
  return { Sid: 'LambdaECRImageRetrievalPolicy', Effect: 'Allow', Principal: { Service: SERVICE }, Action: ACTIONS }
}

/** The policy with that statement put in. Throws SyntaxError for a text that is no policy. */
export function withOwnPullAccess(policyText: string | undefined): string {
  const policy = parsePolicy(policyText)
  const statements = [...policy.Statement, ownPullStatement()]
  return JSON.stringify({ ...policy, Version: policy.Version ?? VERSION, Statement: statements })
}

/** The two statements that functions of other accounts need. */
export function pullStatements(access: PullAccess): readonly Statement[] {
  return GRANTS.map(({ sid, statement }) => ({ Sid: sid, ...statement(access) }))
}

/**
 * The policy with pull access for the accounts added, statements of others untouched; `undefined` when it grants all of
 * them already. Throws SyntaxError for a text that is no policy.
 */
export function withPullAccess(
  policyText: string | undefined,
  access: PullAccess,
): { readonly policyText: string; readonly added: readonly string[] } | undefined {
  const policy = parsePolicy(policyText)
  const found = GRANTS.map((grant) => {
    const statement = policy.Statement.find((one) => sidMatches(one, grant.sid) && grant.accounts(one) !== undefined)
    return { ...grant, present: statement, granted: statement === undefined ? [] : (grant.accounts(statement) ?? []) }
  })
  const added = access.accounts.filter((account) => !found.every(({ granted }) => granted.includes(account)))
  if (added.length === 0) return undefined

  const ours = new Set(found.map(({ present }) => present))
  const others = policy.Statement.filter((statement) => !ours.has(statement))
  const statements = found.map(({ sid, statement, present, granted }) => ({
    Sid: present?.Sid ?? freeSid(sid, others),
    ...statement({ ...access, accounts: [...new Set([...granted, ...access.accounts])].sort() }),
  }))
  const merged = { ...policy, Version: policy.Version ?? VERSION, Statement: [...others, ...statements] }
  return { policyText: JSON.stringify(merged), added }
}

function accountStatement({ accounts, partition }: PullAccess): Statement {
  const roots = accounts.map((account) => `arn:${partition}:iam::${account}:root`)
  return { Effect: 'Allow', Principal: { AWS: roots }, Action: ACTIONS }
}

function serviceStatement({ accounts, partition, region }: PullAccess): Statement {
  const functions = accounts.map((account) => `arn:${partition}:lambda:${region}:${account}:function:*`)
  return {
    Effect: 'Allow',
    Principal: { Service: SERVICE },
    Action: ACTIONS,
    Condition: { StringLike: { 'aws:sourceARN': functions } },
  }
}

/** Accounts that a statement of the first shape grants; `undefined` when it was narrowed or widened by somebody. */
function principalAccounts(statement: Statement): readonly string[] | undefined {
  const principals = members(statement.Principal)
  if (!allowsPull(statement) || statement.Condition !== undefined || principals.length !== 1) return undefined
  const [[kind, values] = ['', []]] = principals
  return kind === 'AWS' ? accountsIn(values, /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/) : undefined
}

/** Accounts whose functions a statement of the second shape grants; `undefined` as above. */
function functionAccounts(statement: Statement): readonly string[] | undefined {
  const [operator, ...more] = members(statement.Condition)
  const [key, ...keys] = members(Reflect.get(Object(statement.Condition), operator?.[0] ?? ''))
  const forLambda = members(statement.Principal).join() === `Service,${SERVICE}`
  if (!allowsPull(statement) || !forLambda || more.length > 0 || keys.length > 0) return undefined
  // Both operators are in AWS's documentation, and condition keys have no case.
  if (!/^(?:String|Arn)Like$/.test(operator?.[0] ?? '') || !/^aws:sourcearn$/i.test(key?.[0] ?? '')) return undefined
  return accountsIn(key?.[1], /^arn:[\w-]+:lambda:[\w-]+:(\d{12}):function:\*$/)
}

function allowsPull({ Effect, Action }: Statement): boolean {
  return Effect === 'Allow' && list(Action).toSorted().join() === ACTIONS.join()
}

function accountsIn(values: unknown, pattern: RegExp): readonly string[] | undefined {
  const accounts = list(values).map((value) => pattern.exec(value)?.[1])
  return accounts.every((account) => account !== undefined) ? accounts : undefined
}

/** Statement ids are unique in a policy: ours get a number when the name is taken by a statement of another shape. */
function freeSid(sid: string, others: readonly Statement[]): string {
  const taken = new Set(others.map(({ Sid }) => Sid))
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? sid : `${sid}${number}`
    if (!taken.has(candidate)) return candidate
  }
}

function sidMatches({ Sid = '' }: Statement, sid: string): boolean {
  return Sid.startsWith(sid) && /^\d*$/.test(Sid.slice(sid.length))
}

function parsePolicy(text: string | undefined): Policy {
  if (text === undefined) return { Statement: [] }
  const policy: unknown = JSON.parse(text)
  if (typeof policy !== 'object' || policy === null) throw new SyntaxError('a policy is a JSON object')
  const statement: unknown = Reflect.get(policy, 'Statement')
  return { ...policy, Statement: Array.isArray(statement) ? statement : statement === undefined ? [] : [statement] }
}

function members(value: unknown): readonly [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string')
}
