import { basename, resolve } from 'node:path'
import { type Context, defaultReportDirectory } from '../context.ts'
import { parseImageReference } from '../image-reference.ts'
import { parseFunctionName } from '../inputs/aws-names.ts'
import type { InputName, Inputs } from '../inputs/read-inputs.ts'
import { runtimeOfBaseImage } from '../lambda/base-image-name.ts'
import { samBuildImage } from '../lambda/build-images.ts'
import type { PlanSource } from '../report/report.ts'
import type { Found } from '../resolve/found.ts'
import { dockerfilePath } from '../resolve/read-dockerfile.ts'
import { regionOf, targetRepository } from './target.ts'

/** A resolved input and where its value came from. */
export type Sourced<T> = { readonly value: T; readonly source: PlanSource }
type Value<Name extends InputName> = NonNullable<Inputs[Name]>

/** Every input by its name: the one that was given, else what stands in for it. `undefined`: it has no value. */
export type Values = { readonly [Name in InputName]: Sourced<Value<Name>> | undefined } & {
  readonly [Name in AlwaysThere]: Sourced<Value<Name>>
}

type AlwaysThere = keyof ReturnType<typeof constants> | 'memory-size' | 'timeout'

/** Defaults that depend on nothing (contract: inputs). */
function constants() {
  return {
    kind: 'image' as Value<'kind'>,
    architecture: 'x86_64',
    pull: false,
    'no-cache': false,
    'fail-on': 'error',
    smoke: true,
    'smoke-event': { given: '{}', json: {} },
    'ephemeral-storage': 512,
    'smoke-network': 'none',
    publish: 'auto',
    'create-repository': false,
    'publish-version': false,
    'wait-timeout': 600,
    'verify-invoke': false,
    'dry-run': false,
    comment: true,
  } as const satisfies { readonly [Name in InputName]?: Value<Name> }
}

/**
 * Applies what stands in for inputs that were not given: first the template (`inputs` holds its values already), then the
 * function's configuration, then defaults. Pure.
 */
export function resolveValues(inputs: Inputs, context: Context, found: Found): Values {
  const configured = found.function === 'none' ? undefined : found.function
  const fromFunction = definedOf({ 'memory-size': configured?.memorySize, timeout: configured?.timeout })
  const defaults = {
    ...constants(),
    'memory-size': loadsJars(inputs) ? 512 : 128,
    timeout: 30,
    ...derived(inputs, context, found),
  }
  const given = Object.entries(sourced('input', definedOf(inputs)))
  return {
    ...sourced('default', defaults),
    ...sourced('function', fromFunction),
    ...Object.fromEntries(
      given.map(([name, value]) => [name, isSupplied(name, found) ? { ...value, source: 'template' } : value]),
    ),
  } as Values
}

/** All classes of all jars: a function that uses a few of them needs far less. */
function loadsJars({ kind, runtime, 'smoke-handler': handler }: Inputs): boolean {
  return kind === 'layer' && runtime?.family === 'java' && handler === undefined
}

function isSupplied(name: string, { template }: Found): boolean {
  return template?.supplied.has(name as InputName) === true
}

/** Defaults that follow from other inputs, the run's context, or what was found. */
function derived(inputs: Inputs, context: Context, found: Found): { readonly [Name in InputName]?: Value<Name> } {
  const target = targetRepository(inputs)
  const layer = inputs.kind === 'layer'
  const base = found.base?.from === 'image' ? found.base.reference : undefined
  const runtime = inputs.runtime ?? runtimeOfBaseImage(base ?? '')
  const builds = !layer && inputs.image === undefined && found.template?.read.unavailable === undefined
  return definedOf({
    runtime,
    'runtime-image': inputs.runtime?.baseImage ?? (runtime === undefined ? undefined : base),
    'build-image':
      layer && inputs.runtime !== undefined
        ? samBuildImage(inputs.runtime, inputs.architecture ?? 'x86_64')
        : undefined,
    context: builds ? (inputs.context ?? '.') : undefined,
    file: builds ? dockerfilePath(inputs) : undefined,
    repository: target?.name,
    'registry-id': target?.registryId ?? (target === undefined ? undefined : found.account),
    'compatible-runtimes': layer && inputs.runtime !== undefined ? [inputs.runtime] : undefined,
    'compatible-architectures': layer ? [inputs.architecture ?? 'x86_64'] : undefined,
    tags: layer || context.commit === undefined ? undefined : [`sha-${context.commit.slice(0, 12)}`],
    'publish-version': inputs.alias === undefined ? undefined : true,
    'aws-region': regionOf(inputs, context),
    'comment-key': context.workflow ?? 'lambda-parity',
    'report-dir': defaultReportDirectory(context),
  })
}

/**
 * report.json's `subject.name`: the repository's or layer's name, else the function's, else the `resource` of a template,
 * else that of the image, else of the folder that is built or packed. Needs no valid plan: wrong inputs are passed over.
 */
export function subjectName(inputs: Inputs, context: Context, resource?: string): string {
  if (inputs.kind === 'layer') return layerName(inputs, context, resource)
  const image = parseImageReference(inputs.image ?? '')?.repository
  const folder = basename(resolve(context.workspace, inputs.context ?? '.')) || 'image'
  const named = targetRepository(inputs)?.name ?? parseFunctionName(inputs['function-name'] ?? '')?.name
  return named ?? resource ?? image ?? folder
}

function layerName(inputs: Inputs, { workspace }: Context, resource: string | undefined): string {
  const path = inputs['layer-path'] ?? inputs['layer-source'] ?? '.'
  const own = inputs['layer-name']?.split(':').at(-1) ?? parseFunctionName(inputs['function-name'] ?? '')?.name
  return own ?? resource ?? (basename(resolve(workspace, path), '.zip') || 'layer')
}

function sourced(source: PlanSource, values: object): Record<string, Sourced<unknown>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source }]))
}

function definedOf<T extends object>(values: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Name in keyof T]?: NonNullable<T[Name]> }
}
