import type { InputName, Inputs } from '../inputs/read-inputs.ts'
import { targetRepository } from './target.ts'

const IMAGE_BUILD_ONLY = [
  'context',
  'file',
  'target',
  'build-args',
  'build-contexts',
  'secrets',
  'ssh',
  'cache-from',
  'cache-to',
  'labels',
  'no-cache',
  'network',
  'builder',
] as const satisfies readonly InputName[]
const BUILD_ONLY = [...IMAGE_BUILD_ONLY, 'ca-bundle'] as const

const SMOKE_ONLY = [
  'smoke-event',
  'smoke-expect',
  'smoke-suite',
  'smoke-handler',
  'smoke-env',
  'smoke-network',
  'rie-path',
] as const satisfies readonly InputName[]

const HANDLER_ONLY = ['smoke-event', 'smoke-expect', 'smoke-suite'] as const satisfies readonly InputName[]

const REPOSITORY_ONLY = [
  'registry-id',
  'create-repository',
  'tags',
  'share-with',
] as const satisfies readonly InputName[]
const RELEASE_ONLY = ['publish-version', 'alias', 'verify-invoke'] as const satisfies readonly InputName[]
const FUNCTION_ONLY = ['role', ...RELEASE_ONLY, 'wait-timeout'] as const satisfies readonly InputName[]

const LAYER_ONLY = [
  'build-command',
  'layer-name',
  'layer-description',
  'license-info',
  'compatible-runtimes',
  'compatible-architectures',
  's3-bucket',
  's3-prefix',
] as const satisfies readonly InputName[]

const FUNCTION_SETTINGS = ['memory-size', 'timeout', 'ephemeral-storage'] as const satisfies readonly InputName[]
const LAYER_VERSION_ONLY = [
  'layer-description',
  'license-info',
  's3-bucket',
  'share-with',
] as const satisfies readonly InputName[]

/** Warnings for inputs that are valid and change nothing beside the others; not for what a template `supplied`. Pure. */
export function noEffects(inputs: Inputs, supplied: ReadonlySet<InputName> = new Set()): string[] {
  const unused = (names: readonly InputName[], because: string) =>
    names
      .filter((name) => inputs[name] !== undefined && !supplied.has(name))
      .map((name) => `\`${name}\` has no effect: ${because}.`)
  const verified = verifyUses(inputs)
  const unverified = (names: readonly InputName[]) => names.filter((name) => !verified.includes(name))
  const uncommented = inputs.comment === false ? unused(['comment-key'], '`comment` is `false`') : []
  if (inputs.kind === 'layer') {
    const image = [...IMAGE_BUILD_ONLY, 'pull', 'repository', 'registry-id', 'create-repository', 'tags'] as const
    return [
      ...unused(image, '`kind` is `layer`, and no image is built'),
      ...(inputs['layer-path'] === undefined
        ? []
        : unused(['ca-bundle'], '`layer-path` is given, so nothing is installed')),
      ...(inputs.smoke === false
        ? unused(unverified([...SMOKE_ONLY, ...FUNCTION_SETTINGS]), '`smoke` is `false`')
        : inputs['smoke-handler'] === undefined
          ? unused(unverified(HANDLER_ONLY), 'without `smoke-handler` packages are loaded by their names')
          : []),
      ...unused(['role'], 'a layer is attached to a function that exists'),
      ...(inputs['layer-name'] === undefined ? unused(LAYER_VERSION_ONLY, 'no `layer-name` is given') : []),
      ...(inputs['function-name'] === undefined ? unused(RELEASE_ONLY, 'no `function-name` is given') : []),
      ...(inputs['s3-bucket'] === undefined ? unused(['s3-prefix'], 'no `s3-bucket` is given') : []),
      ...uncommented,
    ]
  }
  return [
    ...unused(LAYER_ONLY, '`kind` is `image`'),
    ...(inputs.image === undefined ? [] : unused(BUILD_ONLY, '`image` is given, so nothing is built')),
    ...(inputs.smoke === false ? unused(unverified(SMOKE_ONLY), '`smoke` is `false`') : []),
    ...(inputs['smoke-suite'] === undefined
      ? []
      : unused(['smoke-expect'], 'the cases of `smoke-suite` say what they expect')),
    ...(targetRepository(inputs) === undefined ? unused(REPOSITORY_ONLY, 'no `repository` is given') : []),
    ...(inputs['function-name'] === undefined ? unused(FUNCTION_ONLY, 'no `function-name` is given') : []),
    ...uncommented,
  ]
}

/** What `verify-invoke` has a use for where the smoke has none. */
function verifyUses(inputs: Inputs): readonly InputName[] {
  if (inputs['verify-invoke'] !== true) return []
  return inputs.kind === 'layer' ? ['smoke-event'] : HANDLER_ONLY
}
