import { posix } from 'node:path'
import { groupBy } from '../facts/examples.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { NATIVE, nameOf } from './module-name.ts'

/** Native files that RECORD lists and the artifact lacks: by folder, then by name up to the first dot. */
export function lostModules({ tree, facts }: RuntimeView): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const paths = facts.python.flatMap((fact) => {
    if (fact.kind !== 'distribution') return []
    const site = posix.dirname(fact.path)
    const listed = (fact.record?.native ?? []).filter((path) => NATIVE.test(path)).map((path) => `${site}/${path}`)
    return listed.filter((path) => !tree.entries.has(path))
  })
  const folders = groupBy(paths, (path) => posix.dirname(path))
  return new Map([...folders].map(([folder, same]) => [folder, groupBy(same, nameOf)]))
}
