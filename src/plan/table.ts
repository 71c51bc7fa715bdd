import type { Context } from '../context.ts'
import { INPUT_NAMES, type InputName, type Inputs, type InputsRead } from '../inputs/read-inputs.ts'
import type { PlanTable, PlanValue } from '../report/report.ts'
import { type Found, NOTHING_FOUND } from '../resolve/found.ts'
import { hide } from '../smoke/disclosure.ts'
import type { TemplateRead } from '../template/template-read.ts'
import { resolveValues, type Values } from './values.ts'

type Shown = {
  readonly [Name in InputName]?: (value: NonNullable<Inputs[Name]>, template?: TemplateRead) => PlanValue | undefined
}

// How values are shown that are no plain words, numbers or lists, or that nobody may read.
const SHOWN: Shown = {
  runtime: ({ id }) => id,
  'compatible-runtimes': (runtimes) => runtimes.map(({ id }) => id),
  secrets: (secrets) => secrets.map(({ id }) => id),
  ignore: (rules) =>
    rules.map(({ rule, glob, reason }) => `${rule}${glob === undefined ? '' : ` ${glob}`} # ${reason}`),
  'smoke-event': ({ given }) => given,
  'smoke-expect': ({ given }) => given,
  'smoke-env': (variables) => Object.keys(variables),
  'github-token': () => undefined,
  'template-parameters': shownParameters,
}

// Defaults that say nothing about a layer.
const OF_IMAGES = ['pull', 'no-cache', 'create-repository'] as const satisfies readonly InputName[]

/** `plan` of report.json: every resolved input; secrets by id, variables of the function by name, the token not at all. */
export function planTable(values: Values, template?: TemplateRead): PlanTable {
  const meaningless: readonly string[] = values.kind.value === 'layer' ? OF_IMAGES : []
  const rows = INPUT_NAMES.flatMap((name) => {
    const resolved = values[name]
    if (resolved === undefined || (resolved.source === 'default' && meaningless.includes(name))) return []
    const show = SHOWN[name] as ((value: unknown, template?: TemplateRead) => PlanValue | undefined) | undefined
    const value = show === undefined ? (resolved.value as PlanValue) : show(resolved.value, template)
    return value === undefined || isEmpty(value) ? [] : [[name, { value, source: resolved.source }] as const]
  })
  return concealed({ ...Object.fromEntries(rows), ...templateRows(template) }, template)
}

/** Without the values of NoEcho parameters, also where they became part of another one. */
function concealed(table: PlanTable, template: TemplateRead | undefined): PlanTable {
  if (template === undefined || template.secrets.length === 0) return table
  const { json } = hide(template.secrets)
  const rows = Object.entries(table).map(([name, row]) => [name, { ...row, value: json(row.value) as PlanValue }])
  return Object.fromEntries(rows)
}

/** What a template says that no input does: how the function starts the image, and variables without a value. */
function templateRows(template: TemplateRead | undefined): PlanTable {
  const { command, entrypoint, workingDirectory } = template?.imageConfig ?? {}
  const config = {
    ...(command === undefined ? {} : { command }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(workingDirectory === undefined ? {} : { 'working-directory': workingDirectory }),
  }
  const notSet = template?.notSet ?? []
  return {
    ...(isEmpty(config) ? {} : { 'image-config': { value: config, source: 'template' } }),
    ...(notSet.length === 0 ? {} : { notSet: { value: notSet, source: 'template' } }),
  }
}

/** Which values nobody may read only the template tells: without it none is shown. */
function shownParameters(parameters: Readonly<Record<string, string>>, template?: TemplateRead): PlanValue {
  const isShown = (name: string) => template?.resource !== undefined && !template.secretParameters.includes(name)
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, isShown(name) ? value : '***']))
}

/** The table as far as it is known when inputs are wrong: those are left out, not replaced by defaults. */
export function partialPlanTable(read: Omit<InputsRead, 'warnings'>, context: Context): PlanTable {
  const found: Found = read.template === undefined ? NOTHING_FOUND : { ...NOTHING_FOUND, template: read.template }
  // Of a wrong one that has a value all the same (a template of which one property is wrong) the value is told.
  const wrong = new Set(
    read.problems.map(({ input }) => input).filter((name) => read.inputs[name as InputName] === undefined),
  )
  const table = planTable(resolveValues(read.inputs, context, found), read.template?.read)
  return Object.fromEntries(Object.entries(table).filter(([name]) => !wrong.has(name)))
}

function isEmpty(value: PlanValue): boolean {
  return typeof value === 'object' && Object.keys(value).length === 0
}
