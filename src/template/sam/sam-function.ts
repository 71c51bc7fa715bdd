import { child, type TemplateNode } from '../document/template-node.ts'
import { chosen } from '../lambda/chosen.ts'
import { functionSettings } from '../lambda/function-settings.ts'
import { imageUri } from '../lambda/image-uri.ts'
import { type Supplies, supplies } from '../supplies.ts'
import type { TemplateRead, TemplateRequest } from '../template-read.ts'
import type { Scope } from '../values/scope.ts'
import { buildsImage, dockerBuild } from './docker-metadata.ts'
import { refusedGlobals } from './globals.ts'
import type { SamResource } from './sam-resources.ts'

/** What the template supplies beside the secrets, which are the whole template's. */
export type ResourceRead = Omit<TemplateRead, 'secrets' | 'secretParameters' | 'resource'>

/** What an image function supplies: how its image is built, or which one it is, and how it is run. */
export function samFunction(
  { id, type, line, properties, metadata }: SamResource,
  scope: Scope,
  { path, given }: TemplateRequest,
  root: TemplateNode,
): ResourceRead {
  const found = supplies(given, path, id)
  found.set('kind', 'image')
  const settings = functionSettings(properties, scope, found, given.smoke !== false)
  if (type === 'AWS::Serverless::Function') warnOfGlobals(root, found)
  const uri = imageUriNode(type, properties, scope)
  const build = buildsImage(metadata, uri !== undefined) ? dockerBuild(metadata, path, given, scope, found) : {}
  const isBuilt = given.image !== undefined || given.context !== undefined || buildsImage(metadata, uri !== undefined)
  const unavailable = isBuilt || uri === undefined ? undefined : imageUri(uri, scope, found)
  if (!isBuilt && uri === undefined) found.problem({ property: 'Metadata', line }, NOT_BUILT)
  return { ...settings, ...build, ...(unavailable === undefined ? {} : { unavailable }), ...found.gathered }
}

/** SAM has it as a property, CloudFormation below `Code`. */
function imageUriNode(type: string, properties: TemplateNode | undefined, scope: Scope): TemplateNode | undefined {
  if (type === 'AWS::Serverless::Function') return child(properties, 'ImageUri')
  const code = chosen(child(properties, 'Code'), scope)
  return 'node' in code ? child(code.node, 'ImageUri') : child(properties, 'Code')
}

function warnOfGlobals(root: TemplateNode, found: Supplies): void {
  for (const { property, line } of refusedGlobals(root))
    found.warn({ property: `Globals.Function.${property}`, line }, 'SAM does not take it from Globals. It is ignored.')
}

const NOT_BUILT =
  'It says neither how the image is built (`Dockerfile`, `DockerContext`) nor, in `ImageUri`, which one it is. Add one of them, or set `context` or `image`.'
