import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { parseTemplate } from '../../../src/template/document/parse-template.ts'
import { samResources } from '../../../src/template/sam/sam-resources.ts'
import { samTemplate } from '../../../src/template/sam/sam-template.ts'
import { pseudoValues } from '../../../src/template/values/pseudo-parameters.ts'
import { templateScope } from '../../../src/template/values/scope.ts'
import { read } from '../../builders/inputs.ts'
import { SAM_FIXTURES, type SamCase } from './sam-cases.ts'

type Json = Readonly<Record<string, unknown>>
/** What a reader of templates sees of one resource, in words that both readers share; folders relative to the fixtures. */
export type View = Readonly<Record<string, Json>>

/** What this action sees: every function and layer that could be chosen. */
export function ourView({ file, parameters }: SamCase): View {
  const text = readFileSync(file, 'utf8')
  const parsed = parseTemplate(text)
  if (!('root' in parsed)) throw new Error(parsed.faults.map(({ why }) => why).join())
  const scope = templateScope(parsed.root, parameters, pseudoValues({}, parameters))
  const { candidates } = samResources(parsed.root, scope)
  return Object.fromEntries(candidates.map(({ id }) => [id, ofResource(id, file, text, parameters)]))
}

function ofResource(id: string, file: string, text: string, parameters: Readonly<Record<string, string>>): Json {
  const { inputs } = read({ template: file, resource: id })
  const found = samTemplate({ path: file, given: { ...inputs, 'template-parameters': parameters } }, text)
  if (found.problems.length > 0) throw new Error(JSON.stringify(found.problems))
  const { defaults, imageConfig } = found
  if (defaults.kind === 'layer') {
    const makefile = defaults['build-command'] === undefined ? undefined : 'makefile'
    return defined({
      path: fromFixtures(defaults['layer-source'] ?? defaults['layer-path']),
      builds: defaults['layer-source'] !== undefined,
      makefile,
      runtimes: defaults['compatible-runtimes']?.map((runtime) => runtime.id),
      architectures: defaults['compatible-architectures'],
    })
  }
  return defined({
    memory: defaults['memory-size'],
    timeout: defaults.timeout,
    environment: defaults['smoke-env'] ?? {},
    architecture: defaults.architecture ?? 'x86_64',
    image: defaults.image,
    context: fromFixtures(defaults.context),
    file: fromFixtures(defaults.file),
    tag: found.localTag,
    target: defaults.target,
    buildArgs: defaults['build-args'] ?? {},
    command: imageConfig?.command,
    entrypoint: imageConfig?.entrypoint,
    workingDirectory: imageConfig?.workingDirectory,
  })
}

type OracleFunction = {
  readonly packageType: string
  readonly memory: number | string | null
  readonly timeout: number | string | null
  readonly image: string | null
  readonly imageConfig: { Command?: string[]; EntryPoint?: string[]; WorkingDirectory?: string } | null
  readonly environment: Readonly<Record<string, unknown>>
  readonly architectures: readonly string[] | null
  readonly context: string | null
  readonly dockerfile: string | null
  readonly tag: string | null
  readonly target: string | null
  readonly buildArgs: Readonly<Record<string, unknown>>
}
type OracleLayer = {
  readonly path: string
  readonly buildMethod: string | null
  readonly runtimes: readonly string[] | null
  readonly architectures: readonly string[] | null
}
export type OracleAnswer = {
  readonly functions: Readonly<Record<string, OracleFunction>>
  readonly layers: Readonly<Record<string, OracleLayer>>
}

/** What SAM CLI sees, in the same words. Its Zip functions are no candidates here. */
export function samView({ functions, layers }: OracleAnswer): View {
  const images = Object.entries(functions).filter(([, one]) => one.packageType === 'Image')
  return Object.fromEntries([
    ...images.map(([id, one]) => [id, functionView(one)] as const),
    ...Object.entries(layers).map(([id, one]) => [id, layerView(one)] as const),
  ])
}

function functionView(one: OracleFunction): Json {
  const builds = one.context !== null
  const context = builds ? one.context : null
  return defined({
    memory: numeric(one.memory),
    timeout: numeric(one.timeout),
    environment: one.environment,
    architecture: one.architectures?.[0] ?? 'x86_64',
    image: builds ? undefined : one.image,
    context: context === null ? undefined : fromFixtures(context),
    file:
      context === null || one.dockerfile === null
        ? undefined
        : fromFixtures(resolve(SAM_FIXTURES, context, one.dockerfile)),
    tag: one.tag,
    target: one.target,
    buildArgs: one.buildArgs,
    command: one.imageConfig?.Command,
    entrypoint: one.imageConfig?.EntryPoint,
    workingDirectory: one.imageConfig?.WorkingDirectory,
  })
}

function layerView({ path, buildMethod, runtimes, architectures }: OracleLayer): Json {
  return defined({
    path: fromFixtures(path),
    builds: buildMethod !== null,
    makefile: buildMethod === 'makefile' ? buildMethod : undefined,
    runtimes,
    architectures,
  })
}

function numeric(value: number | string | null): number | undefined {
  return value === null ? undefined : Number(value)
}

/** The oracle's folder of fixtures is another one where its answers were kept: `.` stands for it. */
function fromFixtures(path: string | undefined): string | undefined {
  return path === undefined ? undefined : relative(SAM_FIXTURES, resolve(SAM_FIXTURES, path)) || '.'
}

function defined(values: Json): Json {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null))
}
