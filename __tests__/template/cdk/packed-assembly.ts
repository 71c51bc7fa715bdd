import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** A cloud assembly in one file: each path in it to what stands there. */
export type PackedAssembly = {
  readonly json: Readonly<Record<string, unknown>>
  readonly text: Readonly<Record<string, string>>
  readonly base64: Readonly<Record<string, string>>
}

/** Nothing reads these, and they would be most of what is committed. */
const LEFT_OUT = /(?:^|\/)(?:tree\.json|validation-report\.json|cdk\.out|[^/]*\.dot)$/
// The same, and they hold paths of the machine.
const METADATA_LEFT_OUT = ['aws:cdk:creationStack', 'aws:cdk:warning', 'aws:cdk:info']
const ARTIFACTS_LEFT_OUT = ['cdk:tree', 'cdk:feature-flag-report']

/** The files of an assembly without what nobody reads: construct tree, feature flags, where constructs were created. */
export async function packAssembly(folder: string): Promise<PackedAssembly> {
  const paths = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !LEFT_OUT.test(path))
    .sort()
  const [json, text, base64] = [new Map<string, unknown>(), new Map<string, string>(), new Map<string, string>()]
  for (const path of paths) {
    const bytes = await readFile(join(folder, path))
    if (path.endsWith('.json')) json.set(path, trimmed(JSON.parse(bytes.toString())))
    else if (path.endsWith('.zip')) base64.set(path, bytes.toString('base64'))
    else text.set(path, bytes.toString())
  }
  return { json: Object.fromEntries(json), text: Object.fromEntries(text), base64: Object.fromEntries(base64) }
}

/** Metadata and artifacts stand wherever they stand in a file of the assembly. */
function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !METADATA_LEFT_OUT.includes(item?.type)).map(trimmed)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, member]) => !ARTIFACTS_LEFT_OUT.includes(member?.type))
  return Object.fromEntries(kept.map(([name, member]) => [name, trimmed(member)]))
}
