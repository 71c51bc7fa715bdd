import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import type { InputsRead } from '../inputs/read-inputs.ts'
import { regionOf } from '../plan/target.ts'
import { applyTemplate } from '../template/apply-template.ts'
import { readTemplate } from '../template/read-template.ts'
import type { TemplateRead, TemplateRequest } from '../template/template-read.ts'
import type { ResolvePorts } from './resolve.ts'

type Ports = Pick<ResolvePorts, 'files' | 'credentials' | 'sts'>

/** The inputs with those of `template`, when one is given. What is wrong with it stands among the problems. */
export async function readTemplateInputs(read: InputsRead, context: Context, ports: Ports): Promise<InputsRead> {
  const path = read.inputs.template
  if (path === undefined) return { ...read, warnings: [...read.warnings, ...withoutTemplate(read)] }
  const region = regionOf(read.inputs, context)
  const request: TemplateRequest = {
    path,
    given: read.inputs,
    ...(region === undefined ? {} : { region }),
    ...(read.inputs['registry-id'] === undefined ? {} : { account: read.inputs['registry-id'] }),
  }
  const first = await readTemplate(request, ports.files)
  const template = first.needsAccount ? await withAccount(first, request, ports) : first
  const applied = applyTemplate(read, template)
  return {
    ...applied,
    problems: [...read.problems, ...template.problems],
    warnings: [...read.warnings, ...template.warnings],
  }
}

function withoutTemplate({ inputs, problems }: InputsRead): readonly string[] {
  if (problems.some(({ input }) => input === 'template')) return []
  return (['resource', 'template-parameters'] as const)
    .filter((name) => inputs[name] !== undefined)
    .map((name) => `\`${name}\` has no effect: no \`template\` is given.`)
}

/** Reads again with the caller's account. Credentials that do not tell it leave the template's own answer, which says what is missing. */
async function withAccount(first: TemplateRead, request: TemplateRequest, ports: Ports): Promise<TemplateRead> {
  const { region, given } = request
  const asks = { askInstanceMetadata: given.publish === 'always' }
  if (region === undefined || (await ports.credentials.find(asks)) === 'none') return first
  try {
    const { account } = await ports.sts(region).callerIdentity()
    return await readTemplate({ ...request, account }, ports.files)
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'cancelled') throw error
    const warning = `The account for \`AWS::AccountId\` could not be asked: ${error.message}`
    return { ...first, warnings: [...first.warnings, warning] }
  }
}
