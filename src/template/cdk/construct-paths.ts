import type { Metadata } from './assembly-schema.ts'

/** Construct paths of resources: `Stack/MyFunction/Resource` by logical id, of each template of a stack. */
export type ConstructPaths = {
  /** `nested`: construct path of the nested stack that the template is of; absent: the stack's own. */
  of(logicalId: string, nested?: string): string | undefined
}

const LOGICAL_ID = 'aws:cdk:logicalId'
// core/lib/nested-stack.ts: the resource of nested stack `Id` is `Id.NestedStack/Id.NestedStackResource`.
const NESTED_STACK = /^(.+\/)?([^/]+)\.NestedStack\/\2\.NestedStackResource$/

/** From the metadata of a stack, which hold them also where templates do not (`--no-path-metadata`, no command line). */
export function constructPaths(metadata: Metadata): ConstructPaths {
  const entries = Object.entries(metadata).flatMap(([key, values]) =>
    values.flatMap(({ type, data }) =>
      type === LOGICAL_ID && typeof data === 'string' ? [[unrooted(key), data]] : [],
    ),
  ) as readonly (readonly [string, string])[]
  const nestedStacks = entries.flatMap(([path]) => nestedStackPath(path) ?? []).sort((a, b) => b.length - a.length)
  // Logical ids are unique in one template only.
  const owner = (path: string) => nestedStacks.find((nested) => path.startsWith(`${nested}/`)) ?? ''
  const paths = new Map(entries.map(([path, logicalId]) => [`${owner(path)}\0${logicalId}`, path]))
  return { of: (logicalId, nested = '') => paths.get(`${nested}\0${logicalId}`) }
}

/** `Stack/Nested` of the resource of a nested stack; `undefined` for any other. */
export function nestedStackPath(path: string): string | undefined {
  const [, scope = '', id] = NESTED_STACK.exec(path) ?? []
  return id === undefined ? undefined : `${scope}${id}`
}

/** The construct that people know: constructs of a library keep the resource as their child of this name. */
export function namedConstruct(path: string): string {
  return path.replace(/\/(?:Resource|Default)$/, '')
}

export function unrooted(path: string): string {
  return path.replace(/^\//, '')
}
