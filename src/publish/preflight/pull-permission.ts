import { ownValue } from '../../own-value.ts'
import type { Condition, PolicyStatement } from './policy-document.ts'

/** Whose function pulls. */
export type Puller = { readonly account: string; readonly region: string; readonly functionName: string }

/**
 * What a policy says to one who asks: `granted`, `absent`, `denied`, or `conditional` where only AWS can tell, since a
 * condition is not evaluated here. `sid` names the statement that decides.
 */
export type Answer = {
  readonly says: 'granted' | 'absent' | 'denied' | 'conditional'
  readonly sid?: string
}

/** What Lambda asks ECR for (Lambda developer guide, "Amazon ECR permissions"). */
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']

/** Whether Lambda's service may pull for the function. */
export function serviceMayPull(statements: readonly PolicyStatement[], puller: Puller): Answer {
  return answer(statements, puller, ({ Service = [] }) =>
    Service.some((name) => name === '*' || name === 'lambda.amazonaws.com'),
  )
}

/** Whether somebody of the function's account may, which functions of other accounts need as well. */
export function accountMayPull(statements: readonly PolicyStatement[], puller: Puller): Answer {
  return answer(statements, puller, ({ AWS = [] }) =>
    AWS.some((name) => name === '*' || name === puller.account || name.includes(`::${puller.account}:`)),
  )
}

function answer(
  statements: readonly PolicyStatement[],
  puller: Puller,
  matches: (principals: Readonly<Record<string, readonly string[]>>) => boolean,
): Answer {
  const about = statements.flatMap((statement) => {
    const { effect, principals, actions, conditions } = statement
    // Of NotPrincipal and NotAction nobody can tell in a line whom they mean: as good as a condition.
    const vague = principals === undefined || actions === undefined
    if (!vague && !(matches(principals) && covers(actions, effect))) return []
    const met = vague ? 'unknown' : fulfilled(conditions, puller)
    return met === 'no' ? [] : [{ ...statement, met }]
  })
  const first = (effect: 'Allow' | 'Deny', met: 'yes' | 'unknown') =>
    about.find((one) => one.effect === effect && one.met === met)
  const decided =
    row('denied', first('Deny', 'yes')) ??
    row('conditional', first('Deny', 'unknown')) ??
    row('granted', first('Allow', 'yes')) ??
    row('conditional', first('Allow', 'unknown'))
  return decided ?? { says: 'absent' }
}

function row(says: Answer['says'], statement: PolicyStatement | undefined): Answer | undefined {
  if (statement === undefined) return undefined
  return { says, ...(statement.sid === undefined ? {} : { sid: statement.sid }) }
}

/** An Allow must have all of what a pull takes; a Deny of one is enough. Names of actions have no case. */
function covers(actions: readonly string[], effect: 'Allow' | 'Deny'): boolean {
  const named = (wanted: string) => actions.some((one) => like(one.toLowerCase(), wanted.toLowerCase()))
  return effect === 'Allow' ? PULL.every(named) : PULL.some(named)
}

function fulfilled(conditions: readonly Condition[], puller: Puller): 'yes' | 'no' | 'unknown' {
  const results = conditions.map((one) => met(one, puller))
  if (results.includes('no')) return 'no'
  return results.includes('unknown') ? 'unknown' : 'yes'
}

function met(
  { operator, key, values }: Condition,
  { account, region, functionName }: Puller,
): 'yes' | 'no' | 'unknown' {
  const known: Readonly<Record<string, string>> = {
    'aws:sourcearn': `lambda:${region}:${account}:function:${functionName}`,
    'aws:sourceaccount': account,
  }
  const value = ownValue(known, key)
  if (value === undefined || !/^(?:string|arn)(?:like|equals)$/.test(operator)) return 'unknown'
  // The partition stands in the pattern, and may be a wildcard there.
  const patterns = values.map((one) => one.replace(/^arn:[^:]*:/, ''))
  return patterns.some((pattern) => pattern === '*' || like(pattern, value)) ? 'yes' : 'no'
}

/** IAM's wildcards: `*` any text, `?` one character. */
function like(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(text)
}
