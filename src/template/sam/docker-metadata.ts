import { join } from 'node:path'
import { TAG } from '../../image-reference.ts'
import type { Inputs } from '../../inputs/read-inputs.ts'
import { child, entriesOf, type TemplateNode } from '../document/template-node.ts'
import { chosen } from '../lambda/chosen.ts'
import { stated, statedText } from '../lambda/stated.ts'
import { templatePath } from '../lambda/template-path.ts'
import { type Supplies, unresolvedProblem } from '../supplies.ts'
import type { TemplateRead } from '../template-read.ts'
import { isUnknown, plainText } from '../values/evaluated.ts'
import type { Scope } from '../values/scope.ts'
import { extraParameters } from './extra-parameters.ts'

const BUILD_KEYS = ['Dockerfile', 'DockerContext', 'DockerBuildTarget', 'DockerBuildArgs', 'DockerBuildExtraParams']

/** Whether a resource's `Metadata` is about a Docker build (SAM CLI, resource_metadata_normalizer.py). */
export function docker(metadata: TemplateNode | undefined): boolean {
  return [...BUILD_KEYS, 'DockerTag'].some((key) => child(metadata, key) !== undefined)
}

/** Whether an image is built by it. A tag alone, beside the image that has it, builds nothing. */
export function buildsImage(metadata: TemplateNode | undefined, hasImageUri: boolean): boolean {
  return hasImageUri ? BUILD_KEYS.some((key) => child(metadata, key) !== undefined) : docker(metadata)
}

/** Supplies the inputs of a build from `Metadata` as SAM reads it. An image that was given is built by nobody. */
export function dockerBuild(
  metadata: TemplateNode | undefined,
  template: string,
  given: Inputs,
  scope: Scope,
  supplies: Supplies,
): Pick<TemplateRead, 'localTag' | 'buildPlatform'> {
  const localTag = tag(child(metadata, 'DockerTag'), template, scope, supplies)
  if (given.image !== undefined) return {}
  context(metadata, template, given, scope, supplies)
  const target = child(metadata, 'DockerBuildTarget')
  const stage = statedText('DockerBuildTarget', target, 'target', scope, supplies)
  if (stage !== undefined && target !== undefined)
    supplies.text('target', stage, { property: 'DockerBuildTarget', line: target.line })
  const ownArguments = buildArguments(child(metadata, 'DockerBuildArgs'), given, scope, supplies)
  const extra = extraParameters(child(metadata, 'DockerBuildExtraParams'), template, scope, supplies)
  const all = { ...ownArguments, ...extra.buildArguments }
  if (Object.keys(all).length > 0) supplies.set('build-args', all)
  return {
    ...(localTag === undefined ? {} : { localTag }),
    ...(extra.platform === undefined ? {} : { buildPlatform: extra.platform }),
  }
}

/** Context and Dockerfile: the one relative to the template, the other to the context that is in force. */
function context(
  metadata: TemplateNode | undefined,
  template: string,
  given: Inputs,
  scope: Scope,
  supplies: Supplies,
): void {
  const node = child(metadata, 'DockerContext')
  const place = { property: 'DockerContext', line: node?.line ?? metadata?.line ?? 1 }
  const folder = statedText('DockerContext', node, 'context', scope, supplies)
  const isKnown = folder !== undefined || node === undefined
  const inForce = given.context ?? (isKnown ? templatePath(template, folder ?? '.') : undefined)
  if (inForce === undefined) return
  supplies.text('context', inForce, place)
  const file = statedText('Dockerfile', child(metadata, 'Dockerfile'), 'file', scope, supplies)
  if (file !== undefined) supplies.set('file', file.startsWith('/') ? file : join(inForce, file))
}

/** Values as written in the file. One that was given is not looked at; one that cannot be told is needed by the build. */
function buildArguments(
  node: TemplateNode | undefined,
  given: Inputs,
  scope: Scope,
  supplies: Supplies,
): Readonly<Record<string, string>> {
  const map = chosen(node, scope)
  if (node !== undefined && isUnknown(map)) {
    supplies.unresolved(undefined, { property: 'DockerBuildArgs', line: node.line }, map.unknown, true)
    return {}
  }
  const result: Record<string, string> = {}
  for (const [name, value] of 'node' in map ? entriesOf(map.node) : []) {
    if (Object.hasOwn(given['build-args'] ?? {}, name)) continue
    const place = { property: `DockerBuildArgs.${name}`, line: value.line }
    const found = stated(value, scope)
    if (found !== undefined && 'unknown' in found) {
      supplies.unresolved('build-args', place, found.unknown, true)
      continue
    }
    const text = found === undefined ? '' : plainText(found.value)
    if (text === undefined) supplies.problem(place, 'A text is needed, and it is a list or a map.', 'build-args')
    else result[name] = text
  }
  return result
}

/** The tag of the local image, and what is published unless `tags` says otherwise: only then it must be known. */
function tag(node: TemplateNode | undefined, template: string, scope: Scope, supplies: Supplies): string | undefined {
  if (node === undefined) return undefined
  const place = { property: 'DockerTag', line: node.line }
  const found = stated(node, scope)
  if (found === undefined) return undefined
  if ('unknown' in found) {
    supplies.unresolved('tags', place, found.unknown, false)
    if (supplies.isOpen('tags'))
      supplies.problemIfPublished(unresolvedProblem(`\`DockerTag\` (${template}:${node.line})`, 'tags', found.unknown))
    return undefined
  }
  const text = plainText(found.value) ?? ''
  if (!TAG.test(text)) {
    supplies.problem(place, 'It is no tag: at most 128 letters, digits, `_`, `.` and `-`.')
    return undefined
  }
  supplies.set('tags', [text])
  return text
}
