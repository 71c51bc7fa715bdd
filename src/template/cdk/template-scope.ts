import { relative } from 'node:path'
import type { Files } from '../../ports/files.ts'
import { parseTemplate } from '../document/parse-template.ts'
import { child, entriesOf, type TemplateNode } from '../document/template-node.ts'
import type { TemplateRequest } from '../template-read.ts'
import { evaluate } from '../values/evaluate.ts'
import { isUnknown, plainText } from '../values/evaluated.ts'
import type { Parameter } from '../values/parameters.ts'
import { pseudoValues } from '../values/pseudo-parameters.ts'
import { type Scope, templateScope } from '../values/scope.ts'
import { readAssemblyText } from './assembly-file.ts'
import type { StackTemplate } from './stack-templates.ts'
import { UnusableAssembly } from './unusable-assembly.ts'

/** A template with its values: what its stack fixes, what is given, and for a nested stack what the one around passes on. */
export type OpenTemplate = { readonly root: TemplateNode; readonly scope: Scope }

/** Opens templates, each once. Rejects with UnusableAssembly for one that cannot be read. */
export function templateOpener(
  { given, region, account }: TemplateRequest,
  files: Files,
): (template: StackTemplate) => Promise<OpenTemplate> {
  const opened = new Map<StackTemplate, Promise<OpenTemplate>>()
  const parameters = given['template-parameters'] ?? {}

  function open(template: StackTemplate): Promise<OpenTemplate> {
    const known = opened.get(template) ?? openOne(template)
    opened.set(template, known)
    return known
  }

  async function openOne({ path, stack, parent }: StackTemplate): Promise<OpenTemplate> {
    const parsed = parseTemplate(await readAssemblyText(path, files))
    if ('faults' in parsed) {
      const faults = parsed.faults.map(({ line, why }) => (line === undefined ? why : `Line ${line}: ${why}`))
      throw new UnusableAssembly(`In \`${relative(stack.root, path)}\`: ${faults.join(' ')}`)
    }
    const { root } = parsed
    const pseudo = pseudoValues({ region: stack.region ?? region, account: stack.account ?? account }, parameters)
    if (parent === undefined)
      return { root, scope: templateScope(root, { ...stack.parameters, ...parameters }, pseudo) }
    const around = await open(parent.template)
    const passed = child(around.root, 'Resources', parent.logicalId, 'Properties', 'Parameters')
    return { root, scope: nestedScope(templateScope(root, parameters, pseudo), passed, around.scope) }
  }

  return open
}

/** Values of the parent are those of its own scope; what it cannot tell keeps the parent's reasons. */
function nestedScope(own: Scope, passed: TemplateNode | undefined, parent: Scope): Scope {
  const parameters = new Map(own.parameters)
  for (const [name, node] of entriesOf(passed)) {
    const parameter = parameters.get(name)
    if (parameter === undefined || parameter.given) continue
    const withValue = withPassed(parameter, node, parent)
    parameters.set(name, withValue)
    if (withValue.noEcho && withValue.text !== undefined) parent.secrets.add(withValue.text)
  }
  for (const secret of own.secrets) parent.secrets.add(secret)
  // A reason may name a resource of the parent. What its NoEcho parameters hold is as secret here.
  return { ...own, parameters, resources: new Map([...parent.resources, ...own.resources]), secrets: parent.secrets }
}

function withPassed(parameter: Parameter, node: TemplateNode, parent: Scope): Parameter {
  const result = evaluate(node, parent)
  if (isUnknown(result)) return { ...parameter, unknown: result.unknown }
  if (!('value' in result)) return parameter
  const { value } = result
  const text = Array.isArray(value) ? value.map((one) => plainText(one) ?? '').join(',') : plainText(value)
  return text === undefined ? parameter : { ...parameter, text }
}
