import type { ImageConfig } from '../../plan/plan.ts'
import { child, type TemplateNode } from '../document/template-node.ts'
import type { Supplies } from '../supplies.ts'
import type { SuppliedInput } from '../template-read.ts'
import { evaluate } from '../values/evaluate.ts'
import { isUnknown, type Plain, plainText } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'
import { chosen } from './chosen.ts'
import { environmentVariables } from './environment-variables.ts'
import { imageConfig } from './image-config.ts'

export type FunctionSettings = {
  readonly imageConfig?: ImageConfig
  readonly notSet: readonly string[]
  readonly statesTimeout: boolean
}

/**
 * Supplies what the properties of a function say beside its code: `architecture`, `memory-size`, `timeout`,
 * `ephemeral-storage`, `smoke-env`. The properties are those of AWS::Lambda::Function, which SAM's have in common, with
 * Globals merged in. `smokes`: whether the function is going to be invoked; what only that needs stops no other run.
 */
export function functionSettings(
  properties: TemplateNode | undefined,
  scope: Scope,
  supplies: Supplies,
  smokes: boolean,
): FunctionSettings {
  architecture(child(properties, 'Architectures'), scope, supplies)
  const number = (property: string, node: TemplateNode | undefined, input: SuppliedInput) =>
    numeric(property, node, input, scope, supplies, smokes)
  number('MemorySize', child(properties, 'MemorySize'), 'memory-size')
  const statesTimeout = number('Timeout', child(properties, 'Timeout'), 'timeout')
  const storage = chosen(child(properties, 'EphemeralStorage'), scope)
  if ('node' in storage) number('EphemeralStorage', child(storage.node, 'Size'), 'ephemeral-storage')
  else if (supplies.isOpen('ephemeral-storage'))
    supplies.unresolved(
      'ephemeral-storage',
      { property: 'EphemeralStorage', line: child(properties, 'EphemeralStorage')?.line ?? 1 },
      storage.unknown,
      smokes,
    )
  const { set, notSet } = environmentVariables(properties, scope, supplies)
  if (Object.keys(set).length > 0) supplies.set('smoke-env', set)
  const config = imageConfig(child(properties, 'ImageConfig'), scope, supplies, smokes)
  ignored(properties, supplies)
  return { statesTimeout, notSet, ...(config === undefined ? {} : { imageConfig: config }) }
}

/** Lambda runs one architecture; none stated means x86_64, which is the input's default too. */
function architecture(node: TemplateNode | undefined, scope: Scope, supplies: Supplies): void {
  if (node === undefined || !supplies.isOpen('architecture')) return
  const place = { property: 'Architectures', line: node.line }
  const result = evaluate(node, scope)
  if (isUnknown(result)) {
    supplies.unresolved('architecture', place, result.unknown, true)
    return
  }
  const value = 'value' in result ? result.value : []
  const names = (Array.isArray(value) ? value : [value]).map((one: Plain) => plainText(one) ?? '')
  const [first] = names
  if (names.length > 1) {
    const why = `It names ${names.map((name) => `\`${name}\``).join(' and ')}, and a function runs on one.`
    supplies.problem(place, why, 'architecture')
  } else if (first !== undefined) supplies.text('architecture', first, place)
}

/** Returns whether the property is stated. */
function numeric(
  property: string,
  node: TemplateNode | undefined,
  input: SuppliedInput,
  scope: Scope,
  supplies: Supplies,
  smokes: boolean,
): boolean {
  if (node === undefined) return false
  const place = { property, line: node.line }
  const result = evaluate(node, scope)
  if ('absent' in result) return false
  if (!supplies.isOpen(input)) return true
  if (isUnknown(result)) supplies.unresolved(input, place, result.unknown, smokes)
  else supplies.text(input, plainText(result.value) ?? '', place)
  return true
}

/** A value that says nothing for an image function, and that SAM refuses at the deployment. */
function ignored(properties: TemplateNode | undefined, supplies: Supplies): void {
  for (const property of ['Runtime', 'Handler', 'Layers']) {
    const node = child(properties, property)
    if (node === undefined) continue
    const why =
      'An image function has none, and SAM refuses it at the deployment (often it comes from Globals). It is ignored.'
    supplies.warn({ property, line: node.line }, why)
  }
}
