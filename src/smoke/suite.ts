import * as v from 'valibot'
import { parseDocument } from 'yaml'
import { isReservedVariable, VARIABLE_NAME } from '../inputs/smoke-inputs.ts'
import { nearestNames } from '../nearest-names.ts'

/** One case of a `smoke-suite` file; what it does not state comes from the inputs. */
export type SuiteCase = {
  readonly name: string
  /** Absent: the event of `smoke-event`. */
  readonly event?: { readonly json: unknown }
  readonly expect?: { readonly json: unknown }
  /** An errorType, or an object matched against the error JSON. */
  readonly expectError?: string | Readonly<Record<string, unknown>>
  readonly environment: Readonly<Record<string, string>>
  /** Seconds. */
  readonly timeout?: number
}

export type Suite =
  | { readonly cases: readonly SuiteCase[] }
  /** All that is wrong, each with the case and the member it is about. */
  | { readonly problems: readonly string[] }

const LONGEST_FILE = 1024 * 1024
// Aliases multiply what a small file holds; the yaml library refuses more than this many resolutions.
const MOST_ALIASES = 100

// valibot's objects and records take lists too.
const MAPPING = v.custom<Readonly<Record<string, unknown>>>(isMapping, 'must be an object of names and values')
const VARIABLE = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], 'must be a text, number or boolean'),
  v.transform(String),
)
const NAME = v.pipe(
  v.string(),
  v.regex(VARIABLE_NAME, 'is no name of an environment variable'),
  v.check((name) => !isReservedVariable(name), 'is reserved by Lambda'),
)
const CASE = v.strictObject({
  name: v.optional(
    v.pipe(v.string('must be a text'), v.regex(/^.{1,100}$/, 'must be one line of 1 to 100 characters')),
  ),
  event: v.optional(v.unknown()),
  expect: v.optional(v.unknown()),
  'expect-error': v.optional(
    v.union(
      [v.pipe(v.string(), v.nonEmpty()), MAPPING],
      'must be an errorType (text), or an object that the error must contain',
    ),
  ),
  env: v.optional(v.pipe(MAPPING, v.record(NAME, VARIABLE))),
  timeout: v.optional(
    v.pipe(v.unknown(), v.custom<number>(isTimeout, 'must be a whole number of seconds from 1 to 900')),
  ),
})
const SUITE = v.strictObject({
  schema: v.literal(1, 'must be 1'),
  cases: v.pipe(v.array(v.pipe(MAPPING, CASE), 'must be a list'), v.nonEmpty('must have at least one case')),
})

/** Reads a suite file, YAML or JSON, `schema: 1`. Never throws. */
export function parseSuite(text: string): Suite {
  if (text.length > LONGEST_FILE) return { problems: ['the file is larger than 1 MB'] }
  const document = parseDocument(text, { schema: 'core' })
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) return { problems: faults.map(({ message }) => message.split('\n')[0] ?? message) }
  let content: unknown
  try {
    content = document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    return { problems: [error instanceof Error ? error.message : String(error)] }
  }
  const parsed = v.safeParse(v.pipe(MAPPING, SUITE), content)
  if (!parsed.success) return { problems: parsed.issues.map((issue) => describe(issue, content)) }
  const cases = parsed.output.cases.map(toCase)
  const problems = contradictions(cases)
  return problems.length > 0 ? { problems } : { cases }
}

function toCase(given: v.InferOutput<typeof CASE>, index: number): SuiteCase {
  return {
    name: given.name ?? `case ${index + 1}`,
    ...('event' in given ? { event: { json: given.event } } : {}),
    ...('expect' in given ? { expect: { json: given.expect } } : {}),
    ...(given['expect-error'] === undefined ? {} : { expectError: given['expect-error'] }),
    environment: given.env ?? {},
    ...(given.timeout === undefined ? {} : { timeout: given.timeout }),
  }
}

function contradictions(cases: readonly SuiteCase[]): string[] {
  const names = cases.map(({ name }) => name)
  return cases.flatMap((one, index) => [
    ...(names.indexOf(one.name) === index ? [] : [`case ${index + 1} has the name of another, "${one.name}"`]),
    ...(one.expect !== undefined && one.expectError !== undefined
      ? [`case ${index + 1} ("${one.name}") expects an answer and an error: give one of expect and expect-error`]
      : []),
  ])
}

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTimeout(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 900
}

type Issue = v.InferIssue<typeof SUITE>

/** `case 2 ("unknown customer"): timeout must be …` */
function describe(issue: Issue, content: unknown): string {
  const path = (issue.path ?? []).map(({ key }) => key)
  const isCase = path[0] === 'cases' && typeof path[1] === 'number'
  const place = isCase ? caseTitle(content, path[1] as number) : 'the file'
  const [member, ...below] = isCase ? path.slice(2) : path
  if (member === undefined) return `${place} must be an object`
  const known = Object.keys(isCase ? CASE.entries : SUITE.entries)
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const [meant] = nearestNames(String(member), known)
    const hint = meant === undefined ? `known are ${known.join(', ')}` : `did you mean ${meant}?`
    return `${place} has the unknown member ${String(member)}: ${hint}`
  }
  if (issue.type === 'strict_object') return `${place} has no ${String(member)}, which is needed`
  return `${place}: ${[member, ...below].join('.')} ${issue.message}`
}

function caseTitle(content: unknown, index: number): string {
  const name = (content as { cases: readonly unknown[] }).cases[index]
  const title = name !== null && typeof name === 'object' && 'name' in name ? ` ("${String(name.name)}")` : ''
  return `case ${index + 1}${title}`
}
