import { posix } from 'node:path'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import { groupBy } from '../facts/examples.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { NATIVE, nameOf } from './module-name.ts'

/** Native files that RECORD lists and the artifact lacks: by folder, then by name up to the first dot. */
export function lostModules({ tree, facts }: RuntimeView): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const paths = pythonDistributions(facts.python).flatMap(({ path: folder, record }) => {
    const site = posix.dirname(folder)
    const listed = (record?.native ?? []).filter((path) => NATIVE.test(path)).map((path) => `${site}/${path}`)
    return listed.filter((path) => !tree.entries.has(path))
  })
  const folders = groupBy(paths, (path) => posix.dirname(path))
  return new Map([...folders].map(([folder, same]) => [folder, groupBy(same, nameOf)]))
}
