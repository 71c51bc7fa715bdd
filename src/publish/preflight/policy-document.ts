/** One statement of an IAM policy; members that hold one value or a list are lists, in whatever case AWS accepts them. */
export type PolicyStatement = {
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  /** Principals by kind (`AWS`, `Service`); `*` alone stands under both. Absent: a NotPrincipal. */
  readonly principals?: Readonly<Record<string, readonly string[]>>
  /** Absent: a NotAction. */
  readonly actions?: readonly string[]
  readonly conditions: readonly Condition[]
}
/** `operator` and `key` in lower case; keys of conditions have no case. */
export type Condition = { readonly operator: string; readonly key: string; readonly values: readonly string[] }

/** The statements of a policy's JSON. Throws SyntaxError for a text that is none. */
export function policyStatements(text: string): readonly PolicyStatement[] {
  const policy: unknown = JSON.parse(text)
  if (typeof policy !== 'object' || policy === null) throw new SyntaxError('a policy is a JSON object')
  return many(Reflect.get(policy, 'Statement')).map(statement)
}

function statement(value: unknown): PolicyStatement {
  const { Sid, Effect, Principal, Action, Condition } = Object(value) as Record<string, unknown>
  return {
    ...(typeof Sid === 'string' ? { sid: Sid } : {}),
    effect: Effect === 'Deny' ? 'Deny' : 'Allow',
    ...(Principal === undefined ? {} : { principals: principals(Principal) }),
    ...(Action === undefined ? {} : { actions: strings(Action) }),
    conditions: members(Condition).flatMap(([operator, keys]) =>
      members(keys).map(([key, values]) => ({
        operator: operator.toLowerCase(),
        key: key.toLowerCase(),
        values: strings(values),
      })),
    ),
  }
}

function principals(value: unknown): Record<string, readonly string[]> {
  if (value === '*') return { AWS: ['*'], Service: ['*'] }
  return Object.fromEntries(members(value).map(([kind, values]) => [kind, strings(values)]))
}

function members(value: unknown): readonly [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function strings(value: unknown): readonly string[] {
  return many(value).filter((one) => typeof one === 'string')
}

function many(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
