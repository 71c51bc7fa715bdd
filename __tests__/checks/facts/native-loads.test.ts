import { expect, it } from 'vitest'
import { nativeLoads } from '../../../src/checks/facts/native-loads.ts'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import type { ElfFile, FileEntry } from '../../../src/inspect/evidence.ts'
import { findRuntime } from '../../../src/lambda/runtimes.ts'
import { makeElf, makeFile } from '../../builders/evidence.ts'
import { EXTENSION, makeNativeImage, makeNativeLayer, makeProgram } from '../../builders/native.ts'

function loads(subject: ReturnType<typeof makeNativeImage>): readonly string[] {
  const found = runtimeViews(subject).flatMap((view) => nativeLoads(subject, view))
  return found.map(({ file, by, need }) => `${file.path} ${by} ${need}`).sort()
}

const image = (elf: readonly ElfFile[], files: readonly FileEntry[] = []) => loads(makeNativeImage({ elf, files }))

it('what Lambda starts is required, commands in PATH are optional, nobody loads the rest', () => {
  expect(image([makeProgram(EXTENSION), makeProgram('/opt/bin/tool'), makeElf('/var/task/data/plugin.so')])).toEqual([
    '/opt/bin/tool program optional',
    `${EXTENSION} program required`,
    '/var/task/data/plugin.so other unused',
  ])
})

it('a library that a required root draws in is judged there', () => {
  const library = makeElf('/opt/lib/liba.so.1', { soname: 'liba.so.1', needed: ['libb.so.1'] })
  const other = makeElf('/opt/lib/libb.so.1', { soname: 'libb.so.1' })
  expect(image([library, other])).toEqual(['/opt/lib/liba.so.1 library-folder required'])
  expect(image([makeProgram(EXTENSION, { needed: ['liba.so.1'] }), library, other])).toEqual([
    `${EXTENSION} program required`,
  ])
})

it('of two libraries that need each other one stays', () => {
  const names = ['liba.so.1', 'libb.so.1']
  const circle = names.map((soname, index) =>
    makeElf(`/opt/lib/${soname}`, { soname, needed: [names[1 - index] ?? ''] }),
  )
  expect(image(circle)).toEqual(['/opt/lib/liba.so.1 library-folder required'])
})

it('private libraries are judged through what needs them, also when nothing was seen to load that', () => {
  const root = makeElf('/var/task/x/core.so', { needed: ['libp-1a2b.so'], rpath: '$ORIGIN/../x.libs' })
  const library = makeElf('/var/task/x.libs/libp-1a2b.so', { soname: 'libp-1a2b.so' })
  expect(image([library, root])).toEqual(['/var/task/x/core.so other unused'])
})

it('a bootstrap is started by custom runtimes only', () => {
  const layer = makeNativeLayer({ elf: [makeProgram('/opt/bootstrap')] }, ['provided.al2023'])
  expect(loads(layer)).toEqual(['/opt/bootstrap program required'])
  expect(loads(makeNativeLayer({ elf: [makeProgram('/opt/bootstrap')] }))).toEqual(['/opt/bootstrap other unused'])
  expect(findRuntime('provided.al2023')?.family).toBe('provided')
})

it('the interpreter of a started script is required, when it is the user’s', () => {
  const interpreter = makeProgram('/opt/tools/perl')
  const script = makeFile(EXTENSION, { mode: 0o755 })
  const subject = makeNativeImage(
    { elf: [interpreter], files: [script] },
    { firstLines: { [EXTENSION]: '#!/opt/tools/perl -w' } },
  )
  expect(loads(subject)).toEqual(['/opt/tools/perl program required'])
})

it('data in ELF’s clothes is no load', () => {
  expect(image([makeElf('/opt/lib/libkernel.so', { machine: 190 })])).toEqual([])
})
