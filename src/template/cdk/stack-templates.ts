import type { Files } from '../../ports/files.ts'
import { type Assets, type FileAsset, readAssets } from './assets.ts'
import { type ConstructPaths, constructPaths, nestedStackPath } from './construct-paths.ts'
import { member, type PlainResource, readResources } from './plain-template.ts'
import { inside, type Stack } from './stacks.ts'

/** One template of a stack: its own, or that of a nested stack in it. */
export type StackTemplate = {
  readonly stack: Stack
  readonly assets: Assets
  readonly path: string
  readonly resources: ReadonlyMap<string, PlainResource>
  /** `Stack/MyFunction/Resource`, where the assembly tells. */
  readonly pathOf: (logicalId: string) => string | undefined
  /** Of a nested stack: the resource that stands for it, in the template around. */
  readonly parent?: { readonly template: StackTemplate; readonly logicalId: string }
}

/** The templates of a stack, its nested stacks' included. Rejects with UnusableAssembly. */
export async function readTemplates(stack: Stack, files: Files): Promise<readonly StackTemplate[]> {
  const assets = await readAssets(stack, files)
  const paths = constructPaths(stack.metadata)
  const templates: StackTemplate[] = [await readOne(stack, assets, paths, stack.template, files)]
  // Grows while it is read: nested stacks have nested stacks.
  for (const template of templates) {
    for (const [logicalId, resource] of template.resources) {
      const path = nestedTemplate(resource, template)
      // A template that contains itself, which no deployment would take.
      if (path === undefined || templates.some((one) => one.path === path)) continue
      templates.push(await readOne(stack, assets, paths, path, files, { template, logicalId }))
    }
  }
  return templates
}

async function readOne(
  stack: Stack,
  assets: Assets,
  paths: ConstructPaths,
  path: string,
  files: Files,
  parent?: NonNullable<StackTemplate['parent']>,
): Promise<StackTemplate> {
  const resources = await readResources(path, files)
  const nested = parent === undefined ? undefined : parent.template.pathOf(parent.logicalId)
  const scope = nested === undefined ? undefined : nestedStackPath(nested)
  const pathOf = (logicalId: string) => {
    const own = resources.get(logicalId)?.metadata['aws:cdk:path']
    if (typeof own === 'string') return own
    return parent !== undefined && scope === undefined ? undefined : paths.of(logicalId, scope)
  }
  return { stack, assets, path, resources, pathOf, ...(parent === undefined ? {} : { parent }) }
}

/** The file of a nested stack's template, which is an asset of the stack. */
function nestedTemplate(resource: PlainResource, { stack, assets }: StackTemplate): string | undefined {
  if (resource.type !== 'AWS::CloudFormation::Stack') return undefined
  const file =
    assetNamed(resource, 'TemplateURL') ??
    publishedAt(member(resource.properties, 'TemplateURL'), assets.files)?.source.path
  return file === undefined ? undefined : inside(stack.root, stack.folder, file)
}

/** `aws:asset:path`, which the command line has written beside the property that the asset stands for. */
export function assetNamed({ metadata }: PlainResource, property: string): string | undefined {
  const path = metadata['aws:asset:path']
  return metadata['aws:asset:property'] === property && typeof path === 'string' ? path : undefined
}

/** The asset whose key in S3, or whose hash in a parameter's name, a property has in it. */
export function publishedAt(property: unknown, assets: readonly FileAsset[]): FileAsset | undefined {
  if (property === undefined) return undefined
  const text = JSON.stringify(property)
  return assets.find(({ id, destinations }) =>
    [id, ...destinations].some((name) => name.length >= 32 && text.includes(name)),
  )
}
