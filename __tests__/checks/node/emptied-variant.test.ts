import { posix } from 'node:path'
import { expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { type EmptiedVariant, emptiedVariant, withoutNative } from '../../../src/checks/node/emptied-variant.ts'
import { nodeTree } from '../../../src/checks/node/node-tree.ts'
import type { ForeignFile } from '../../../src/inspect/binaries/foreign-file.ts'
import { LFS_POINTER } from '../../../src/inspect/binaries/lfs-pointer.ts'
import { makeNodeSubject, type NodeFiles } from '../../builders/node.ts'

const MODULES = '/var/task/node_modules'
const FOLDER = 'fast-linux-x64-gnu'
const OPTIONAL = [FOLDER, 'fast-darwin-arm64', 'fast-win32-x64-msvc']

type Variant = {
  /** Of its package.json; name, os and cpu are those of this platform. */
  readonly facts?: object
  /** In its folder. */
  readonly files?: NodeFiles
  /** Of `bin/fast`, or of the file that it names. */
  readonly foreign?: Pick<ForeignFile, 'format' | 'head'> & { readonly path?: string }
}

/** What is found of `fast`, whose variant for this platform is installed like this. */
function found({ facts, files = {}, foreign }: Variant, optional: readonly string[] = OPTIONAL) {
  const optionalDependencies = Object.fromEntries(optional.map((name) => [name, '1.0.0']))
  const subject = makeNodeSubject({
    'fast/package.json': { name: 'fast', optionalDependencies },
    ...(facts && { [`${FOLDER}/package.json`]: { name: FOLDER, os: ['linux'], cpu: ['x64'], ...facts } }),
    ...Object.fromEntries(Object.entries(files).map(([name, file]) => [posix.join(FOLDER, name), file])),
  })
  const file = { path: `${MODULES}/${FOLDER}/bin/fast`, processors: [], size: 130 }
  const artifact = {
    ...subject.artifact,
    facts: { ...subject.artifact.facts, foreign: foreign === undefined ? [] : [{ ...file, ...foreign }] },
  }
  const [view] = runtimeViews({ ...subject, artifact })
  if (view === undefined) throw new Error('no view')
  const tree = nodeTree(view, 'x86_64')
  return emptiedVariant(tree, tree.packageAt(`${MODULES}/fast`))
}

const EMPTIED = { name: FOLDER, folder: `${MODULES}/${FOLDER}` }

it.each<[why: string, facts: object, addon: string | undefined]>([
  ['nothing', {}, undefined],
  ['its addon as main', { main: './fast.node' }, 'fast.node'],
  ['a script as main', { main: './index.js' }, undefined],
  ['a script that is lost', { main: './lost.js' }, undefined],
  ['its addon by exports', { exports: './fast.node' }, 'fast.node'],
  [
    'its addon under a condition',
    { exports: { '.': { node: './lib/fast.node' }, './p': './p.json' } },
    'lib/fast.node',
  ],
  ['addons by a pattern', { exports: { './*': './*.node' } }, undefined],
  ['nothing by exports', { exports: null }, undefined],
])('a variant without native code whose package.json names %s', (_, facts, addon) => {
  const folder = `${MODULES}/${FOLDER}`
  const scripts = { 'index.js': 'module.exports = 1\n', 'lib/deep/more.js': '' }
  expect(found({ facts, files: scripts })).toEqual({ ...EMPTIED, ...(addon && { addon: `${folder}/${addon}` }) })
})

it.each<[why: string, foreign: Variant['foreign']]>([
  ['a program of Windows', { format: 'pe' }],
  ['a pointer that lies elsewhere', { format: 'none', head: LFS_POINTER, path: `${MODULES}/fast/bin/fast` }],
])('%s is no native code of a variant', (_, foreign) => {
  expect(found({ facts: {}, files: { 'bin/fast': '' }, ...(foreign && { foreign }) })).toEqual(EMPTIED)
})

it.each<[why: string, variant: Variant]>([
  ['an addon', { facts: {}, files: { 'fast.node': { type: 3 } } }],
  ['an addon in a folder of it', { facts: {}, files: { 'lib/deep/fast.node': { type: 3 } } }],
  ['a library of some version', { facts: {}, files: { 'lib/libfast.so.1.2': '' } }],
  ['a library', { facts: {}, files: { 'libfast.so': '' } }],
  ['a program', { facts: {}, files: { 'bin/fast': { type: 3 } } }],
  ['what is none, under the name of an addon', { facts: {}, files: { 'fast.node': 'text' } }],
  ['a pointer', { facts: {}, files: { 'bin/fast': '' }, foreign: { format: 'none', head: LFS_POINTER } }],
])('one that holds %s is not without native code', (_, variant) => {
  expect(found(variant)).toBeUndefined()
})

it.each<[why: string, variant: Variant, optional?: readonly string[]]>([
  ['is not installed', {}],
  ['is for another processor', { facts: { cpu: ['arm64'] } }],
  ['belongs to a package with no others', { facts: {} }, OPTIONAL.slice(0, 1)],
])('says nothing of one that %s', (_, variant, optional) => {
  expect(found(variant, optional)).toBeUndefined()
})

it.each<[EmptiedVariant, string]>([
  [EMPTIED, '`fast-linux-x64-gnu` is installed without native code'],
  [
    { ...EMPTIED, addon: `${MODULES}/${FOLDER}/lib/fast.node` },
    '`fast-linux-x64-gnu` is installed without `fast.node`',
  ],
])('words of %o', (variant, words) => {
  expect(withoutNative(variant)).toBe(`lacks its native part: ${words}`)
})
