import { ownValue } from '../../own-value.ts'
import type { BuildSecret } from '../../plan/plan.ts'
import type { TemplateNode } from '../document/template-node.ts'
import { stated } from '../lambda/stated.ts'
import { templatePath } from '../lambda/template-path.ts'
import type { Place, Supplies } from '../supplies.ts'
import type { SuppliedInput } from '../template-read.ts'
import { plainText } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'

export type ExtraParameters = {
  readonly buildArguments: Readonly<Record<string, string>>
  /** `--platform`, which has no input: `architecture` is the function's. */
  readonly platform?: string
}

// Options of `docker build` that have an input here, by the way they are read.
const SINGLE: Readonly<Record<string, SuppliedInput>> = {
  '--target': 'target',
  '--network': 'network',
  '--builder': 'builder',
}
const LISTS: Readonly<Record<string, SuppliedInput>> = {
  '--build-context': 'build-contexts',
  '--cache-from': 'cache-from',
  '--cache-to': 'cache-to',
  '--label': 'labels',
  '--ssh': 'ssh',
}
const FLAGS: Readonly<Record<string, 'no-cache' | 'pull'>> = { '--no-cache': 'no-cache', '--pull': 'pull' }
const WITH_VALUE = ['--build-arg', '--platform', '--secret', ...Object.keys(SINGLE), ...Object.keys(LISTS)]

/** `DockerBuildExtraParams`: options that have an input here are supplied, every other one is warned about. */
export function extraParameters(
  node: TemplateNode | undefined,
  template: string,
  scope: Scope,
  supplies: Supplies,
): ExtraParameters {
  const place = { property: 'DockerBuildExtraParams', line: node?.line ?? 1 }
  const found = stated(node, scope)
  if (found === undefined) return { buildArguments: {} }
  if ('unknown' in found) {
    supplies.unresolved(undefined, place, found.unknown, true)
    return { buildArguments: {} }
  }
  const given = Array.isArray(found.value)
    ? found.value.map((one) => plainText(one) ?? '')
    : [plainText(found.value) ?? '']
  const options = pairs(given)
  for (const [name, value] of options) {
    const single = ownValue(SINGLE, name)
    const flag = ownValue(FLAGS, name)
    if (single !== undefined && value !== undefined) supplies.text(single, value, place)
    else if (flag !== undefined && value === undefined) supplies.set(flag, true)
    else if (!WITH_VALUE.includes(name) || value === undefined) warn(name, place, supplies)
  }
  for (const [name, input] of Object.entries(LISTS)) list(input, valuesOf(name, options), place, supplies)
  secrets(valuesOf('--secret', options), template, place, supplies)
  const platform = valuesOf('--platform', options).at(-1)
  return {
    buildArguments: Object.fromEntries(valuesOf('--build-arg', options).map(assignment)),
    ...(platform === undefined ? {} : { platform }),
  }
}

/** `--name=value`, `--name value` in one item, or in two. */
function pairs(words: readonly string[]): readonly (readonly [string, string | undefined])[] {
  const result: [string, string | undefined][] = []
  for (const word of words.flatMap((item) => (item.startsWith('-') ? item.trim().split(/\s+(.*)/s, 2) : [item]))) {
    const last = result.at(-1)
    if (word === '') continue
    if (!word.startsWith('-') && last !== undefined && last[1] === undefined) last[1] = word
    else {
      const equals = word.indexOf('=')
      result.push(equals === -1 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)])
    }
  }
  return result
}

function valuesOf(name: string, options: ReturnType<typeof pairs>): readonly string[] {
  return options.flatMap(([option, value]) => (option === name && value !== undefined ? [value] : []))
}

/** As the input has them: one per line, in quotes where a line would be read otherwise. */
function list(input: SuppliedInput, values: readonly string[], place: Place, supplies: Supplies): void {
  const quoted = (value: string) => (/^["#]|\n/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  if (values.length > 0) supplies.text(input, values.map(quoted).join('\n'), place)
}

/** `id=name,src=path` or `id=name,env=NAME`; a value never stands in a template's options. */
function secrets(values: readonly string[], template: string, place: Place, supplies: Supplies): void {
  const read = values.flatMap((value): BuildSecret[] => {
    const fields = new Map(value.split(',').map(assignment))
    const id = fields.get('id')
    const file = fields.get('src') ?? fields.get('source')
    const environmentVariable = fields.get('env')
    if (id !== undefined && file !== undefined) return [{ id, file: templatePath(template, file) }]
    if (id !== undefined) return [{ id, environmentVariable: environmentVariable ?? id }]
    warn(`--secret ${value}`, place, supplies)
    return []
  })
  if (read.length > 0) supplies.set('secrets', read)
}

function assignment(text: string): readonly [string, string] {
  const equals = text.indexOf('=')
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
}

function warn(option: string, place: Place, supplies: Supplies): void {
  supplies.warn(place, `\`${option}\` has no input here. It is left out.`)
}
