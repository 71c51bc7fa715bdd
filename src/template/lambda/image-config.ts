import type { ImageConfig } from '../../plan/plan.ts'
import { child, type TemplateNode } from '../document/template-node.ts'
import type { Supplies } from '../supplies.ts'
import { evaluate } from '../values/evaluate.ts'
import { isUnknown, type Plain, plainText } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'
import { chosen } from './chosen.ts'

/** `ImageConfig` of a function: what Lambda starts in place of the image's own CMD, ENTRYPOINT and WORKDIR. */
export function imageConfig(
  node: TemplateNode | undefined,
  scope: Scope,
  supplies: Supplies,
  smokes: boolean,
): ImageConfig | undefined {
  const config = chosen(node, scope)
  if (node !== undefined && !('node' in config)) {
    supplies.unresolved(undefined, { property: 'ImageConfig', line: node.line }, config.unknown, smokes)
    return undefined
  }
  const of = 'node' in config ? config.node : undefined
  // A handler that was given replaces CMD, so that the template's is not needed.
  const needsCommand = smokes && supplies.isOpen('smoke-handler')
  const command = words('Command', child(of, 'Command'), scope, supplies, needsCommand)
  const entrypoint = words('EntryPoint', child(of, 'EntryPoint'), scope, supplies, smokes)
  const [workingDirectory] = words('WorkingDirectory', child(of, 'WorkingDirectory'), scope, supplies, smokes) ?? []
  const result = {
    ...(command === undefined ? {} : { command }),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
  }
  return Object.keys(result).length === 0 ? undefined : result
}

/** A list of words; a single one stands for a list of it. */
function words(
  property: string,
  node: TemplateNode | undefined,
  scope: Scope,
  supplies: Supplies,
  needed: boolean,
): readonly string[] | undefined {
  if (node === undefined) return undefined
  const result = evaluate(node, scope)
  if (isUnknown(result)) {
    supplies.unresolved(undefined, { property: `ImageConfig.${property}`, line: node.line }, result.unknown, needed)
    return undefined
  }
  if (!('value' in result) || result.value === null) return undefined
  const list = Array.isArray(result.value) ? result.value : [result.value]
  return list.flatMap((word: Plain) => plainText(word) ?? [])
}
