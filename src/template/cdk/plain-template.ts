import type { Files } from '../../ports/files.ts'
import { LARGEST_TEMPLATE } from '../document/parse-template.ts'
import { jsonOf, readAssemblyText } from './assembly-file.ts'

/** A resource as a synthesized template has it, nothing resolved. */
export type PlainResource = {
  readonly type: string
  readonly condition?: string
  /** Texts only. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly properties: unknown
}

/** Resources of a synthesized template by logical id. Rejects with UnusableAssembly. */
export async function readResources(path: string, files: Files): Promise<ReadonlyMap<string, PlainResource>> {
  const template = jsonOf(path, await readAssemblyText(path, files, LARGEST_TEMPLATE))
  return new Map(
    Object.entries(objectOf(member(template, 'Resources'))).map(([id, value]) => {
      const condition = member(value, 'Condition')
      return [
        id,
        {
          type: String(member(value, 'Type') ?? ''),
          ...(typeof condition === 'string' ? { condition } : {}),
          metadata: objectOf(member(value, 'Metadata')),
          properties: member(value, 'Properties'),
        },
      ]
    }),
  )
}

/** What stands under a path of keys in JSON; `undefined` where there is nothing, or no object on the way. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (Object.hasOwn(objectOf(at), key) ? objectOf(at)[key] : undefined), value)
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
