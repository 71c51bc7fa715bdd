import { posix } from 'node:path'
import { COMMON_FIELDS } from '../../../inspect/node/package-fields.ts'
import type { Engine } from './engine.ts'
import { fromJson } from './natives.ts'
import type { ScriptHost } from './script-host.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

/** What a file of JSON holds, as far as its text or what counts of it is kept. */
export function jsonFile(engine: Engine, tree: ScriptHost['tree'], path: string): Value {
  if (posix.basename(path) === 'package.json') return packageJson(engine, tree, path)
  const text = tree.scriptAt(tree.fileAt(path) ?? path)?.source
  try {
    return text === undefined ? UNKNOWN : fromJson(engine, JSON.parse(text))
  } catch {
    return UNKNOWN
  }
}

/** What is kept of a package.json; of everything else only whether it is there. */
function packageJson(engine: Engine, tree: ScriptHost['tree'], path: string): Value {
  const facts = tree.packageAt(posix.dirname(tree.fileAt(path) ?? path))
  if (facts === undefined) return UNKNOWN
  const { name, version, main, type, os, cpu, libc, optionalDependencies, binary, otherFields = {} } = facts
  const made = fromJson(engine, {
    name,
    ...(version && { version }),
    ...(main && { main }),
    ...(type && { type }),
    ...(os && { os }),
    ...(cpu && { cpu }),
    ...(libc && { libc }),
    ...(binary?.moduleName && {
      binary: { module_name: binary.moduleName, module_path: binary.modulePath, napi_versions: binary.napiVersions },
    }),
  }) as Thing
  for (const [field, text] of Object.entries(otherFields))
    made.properties.set(field, { value: text === '' ? UNKNOWN : fromJson(engine, JSON.parse(text)) })
  for (const field of COMMON_FIELDS) if (!made.properties.has(field)) made.properties.set(field, { value: UNKNOWN })
  const inner = made.properties.get('binary')?.value
  if (inner instanceof Thing) inner.opaque = true
  if (optionalDependencies !== undefined) {
    const list = engine.object()
    for (const one of optionalDependencies) list.properties.set(one, { value: version ?? UNKNOWN })
    made.properties.set('optionalDependencies', { value: list })
  }
  return made
}
