import type { InputName, Inputs, InputsRead } from '../inputs/read-inputs.ts'
import type { TemplateRead } from './template-read.ts'

/** A template in force. `supplied`: inputs whose value is the template's alone. */
export type TemplateApplied = { readonly read: TemplateRead; readonly supplied: ReadonlySet<InputName> }

/**
 * The inputs with what the template supplies in place of those that were not given. Variables and build arguments are
 * merged by name, given ones first; a variable that was given is set, whatever the template cannot tell of it.
 */
export function applyTemplate(read: InputsRead, template: TemplateRead): InputsRead {
  const { defaults } = template
  const supplied = (Object.keys(defaults) as InputName[]).filter((name) => read.inputs[name] === undefined)
  const values = Object.fromEntries(supplied.map((name) => [name, defaults[name as keyof typeof defaults]]))
  const merged: Partial<Inputs> = {
    ...mergedInput('smoke-env', read.inputs, template),
    ...mergedInput('build-args', read.inputs, template),
  }
  const inputs = { ...read.inputs, ...values, ...merged } as Inputs
  const set = read.inputs['smoke-env'] ?? {}
  const notSet = template.notSet.filter((name) => !Object.hasOwn(set, name))
  return { ...read, inputs, template: { read: { ...template, notSet }, supplied: new Set(supplied) } }
}

function mergedInput(name: 'smoke-env' | 'build-args', inputs: Inputs, { defaults }: TemplateRead): Partial<Inputs> {
  const given = inputs[name]
  const own = defaults[name]
  return given === undefined || own === undefined ? {} : { [name]: { ...own, ...given } }
}
