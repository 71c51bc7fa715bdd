import { join } from 'node:path'
import type { InputProblem } from '../../inputs/problem.ts'
import type { Files } from '../../ports/files.ts'
import { secretParameters } from '../sam/sam-template.ts'
import { selectResource } from '../select-resource.ts'
import { nothingRead, type TemplateDefaults, type TemplateRead, type TemplateRequest } from '../template-read.ts'
import { parameterProblems } from '../values/parameter-problems.ts'
import { SYNTH_AGAIN } from './assembly-file.ts'
import { cdkCandidates } from './cdk-candidates.ts'
import { cdkFunction } from './cdk-function.ts'
import { cdkLayer } from './cdk-layer.ts'
import { readTemplates, type StackTemplate } from './stack-templates.ts'
import { readStacks } from './stacks.ts'
import { templateOpener } from './template-scope.ts'
import { UnusableAssembly } from './unusable-assembly.ts'

/**
 * What a CDK cloud assembly says of the resource that is meant. `folder` holds its `manifest.json`; `file`: the one
 * synthesized template in it that was named, else all of them count.
 */
export async function readCloudAssembly(
  request: TemplateRequest,
  files: Files,
  assembly: { readonly folder: string; readonly file?: string },
): Promise<TemplateRead> {
  try {
    return await read(request, files, assembly)
  } catch (error) {
    if (!(error instanceof UnusableAssembly)) throw error
    return nothingRead([{ input: 'template', value: request.path, why: error.message }])
  }
}

async function read(
  request: TemplateRequest,
  files: Files,
  { folder, file }: { readonly folder: string; readonly file?: string },
): Promise<TemplateRead> {
  const { given } = request
  const open = templateOpener(request, files)
  const templates = await templatesOf(folder, file, files)
  const { candidates, refused } = await cdkCandidates(templates, open)
  const selection = selectResource(candidates, refused, given)
  if ('problem' in selection) return nothingRead([selection.problem])
  const { selected } = selection
  const { scope, root } = await open(selected.template)
  const parameters = new Map([...(await outermost(selected.template, open)), ...scope.parameters])
  const wrongParameters = parameterProblems({ parameters }, given['template-parameters'] ?? {})
  const found = selected.kind === 'image' ? cdkFunction : cdkLayer
  const resource = found(selected, root, scope, request)
  const missing = await missingAsset(resource.defaults, files)
  return {
    ...resource,
    resource: selected.id,
    problems: [...wrongParameters, ...resource.problems, ...missing],
    secrets: [...scope.secrets],
    secretParameters: secretParameters({ ...scope, parameters }),
  }
}

async function templatesOf(folder: string, file: string | undefined, files: Files): Promise<readonly StackTemplate[]> {
  const templates: StackTemplate[] = []
  for (const stack of await readStacks(folder, files)) templates.push(...(await readTemplates(stack, files)))
  if (file === undefined) return templates
  const named = templates.filter(({ path }) => path === join(folder, file))
  if (named.length > 0) return named
  throw new UnusableAssembly('The manifest.json beside it knows no stack with that template.')
}

/** Assets are staged beside the templates; who keeps the templates alone has lost them. */
async function missingAsset(
  { context, 'layer-path': layer }: TemplateDefaults,
  files: Files,
): Promise<readonly InputProblem[]> {
  const [input, value] = context === undefined ? (['layer-path', layer] as const) : (['context', context] as const)
  if (value === undefined || (await files.kind(value)) !== undefined) return []
  return [{ input, value, why: `The asset is named by the assembly and not there. ${SYNTH_AGAIN}` }]
}

/** Parameters of the stack that a nested stack belongs to: those that a user knows. */
async function outermost(template: StackTemplate, open: ReturnType<typeof templateOpener>) {
  let at = template
  while (at.parent !== undefined) at = at.parent.template
  return (await open(at)).scope.parameters
}
