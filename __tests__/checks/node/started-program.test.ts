import { expect, it, test } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { nodeTree } from '../../../src/checks/node/node-tree.ts'
import { canStart, unfitness } from '../../../src/checks/node/started-program.ts'
import type { ForeignFile } from '../../../src/inspect/binaries/foreign-file.ts'
import { LFS_POINTER } from '../../../src/inspect/binaries/lfs-pointer.ts'
import type { ElfFile, FileEntry } from '../../../src/inspect/evidence.ts'
import { makeFile } from '../../builders/evidence.ts'
import { makeNodeSubject } from '../../builders/node.ts'

const PATH = '/var/task/node_modules/fast/bin/fast'

type Program = {
  readonly entry?: Partial<FileEntry>
  readonly elf?: Partial<ElfFile>
  readonly foreign?: Partial<ForeignFile>
  /** What a hard link leads to. */
  readonly store?: Partial<FileEntry>
}

/** A program beside a package.json for one processor. */
function treeOf({ entry, elf, foreign, store }: Program, own: object = { os: ['linux'], cpu: ['x64'] }) {
  const subject = makeNodeSubject({ 'fast/package.json': { name: 'fast', ...own }, 'fast/bin/fast': elf })
  const { files, facts } = subject.artifact
  const artifact = {
    ...subject.artifact,
    files: [
      ...files.map((file) => (file.path === PATH ? { ...file, ...entry } : file)),
      ...(store === undefined ? [] : [makeFile(STORE, { mode: 0o755, ...store })]),
    ],
    facts: {
      ...facts,
      foreign:
        foreign === undefined ? [] : [{ path: PATH, format: 'pe' as const, processors: [], size: 1, ...foreign }],
    },
  }
  const [view] = runtimeViews({ ...subject, artifact })
  if (view === undefined) throw new Error('no view')
  return nodeTree(view, 'x86_64')
}

const PROGRAM = { type: 3 } as const
const STORE = '/pnpm/store/fast'
const LINK = { type: 'hardlink', link: STORE, size: 0 } as const

it.each<readonly [string, Program, string | undefined]>([
  ['a program', { elf: PROGRAM }, undefined],
  ['a hard link to one', { elf: PROGRAM, entry: LINK, store: {} }, undefined],
  ['a hard link to an empty file', { entry: LINK, store: { size: 0 } }, 'empty'],
  ['a hard link to nothing', { elf: PROGRAM, entry: LINK }, 'absent'],
  ['a folder', { elf: PROGRAM, entry: { type: 'directory' } }, 'absent'],
  ['an empty file', { entry: { size: 0 } }, 'empty'],
  ['a pointer', { entry: { size: 130 }, foreign: { format: 'none', head: LFS_POINTER } }, 'lfs'],
  ['a program of Windows', { foreign: { format: 'pe' } }, 'other-system'],
  ['a program for another processor', { elf: { ...PROGRAM, machine: 183 } }, 'other-system'],
  ['one that is cut off', { elf: { ...PROGRAM, problem: 'a segment ends at byte 900, the file has 100' } }, 'cut'],
  ['one without its mode', { elf: PROGRAM, entry: { mode: 0o644 } }, 'mode'],
  ['one that only its owner may start', { elf: PROGRAM, entry: { mode: 0o744 } }, 'mode'],
  ['a script beside no native code', {}, 'emptied'],
])('%s can be started, or is what it is', (_, program, kind) => {
  expect(unfitness(treeOf(program), PATH)?.kind).toBe(kind)
})

test.each<readonly [string, object]>([
  ['every processor', { os: ['linux'] }],
  ['every system', { cpu: ['x64'] }],
])('a script of a package for %s starts what is not native', (_, own) => {
  expect(canStart(treeOf({}, own), PATH)).toBe(true)
})
