import { posix } from 'node:path'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

// Left out on purpose by many, and imported by nobody but tests.
const DISPENSABLE = /(?:^|\/)(?:tests?|testing|examples?|docs?)\/|(?:^|\/)_?test\w*\.[^/]*$|_tests?\.[^/]*$/

/** What a distribution lists of native files, and of these what is not there; the first of each is its place. */
export type LostFiles = { readonly listed: number; readonly absent: readonly string[] }

export function lostFiles({ path, record }: PythonDistribution, { tree }: RuntimeView): LostFiles {
  const site = posix.dirname(path)
  const { native = [], program } = record ?? {}
  const places = [
    ...native.filter((one) => !DISPENSABLE.test(one)).map((one) => [posix.join(site, one)]),
    ...(program === undefined ? [] : [programPlaces(site, program)]),
  ]
  const absent = places.filter((all) => all.every((one) => tree.resolve(one) === undefined))
  return { listed: native.length + (program === undefined ? 0 : 1), absent: absent.flatMap(([first]) => first ?? []) }
}

/** `pip --target` puts programs into `bin` of its folder and leaves the path in RECORD from which it moved them. */
function programPlaces(site: string, program: string): readonly string[] {
  const places = [posix.join(site, 'bin', posix.basename(program)), posix.join(site, program)]
  return /\/(?:site|dist)-packages$/.test(site) ? places.toReversed() : places
}
