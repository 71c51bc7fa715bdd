import { expect, it } from 'vitest'
import { targetSystem } from '../../../src/checks/native/target-system.ts'
import type { ElfFile } from '../../../src/inspect/evidence.ts'
import { makeElf } from '../../builders/evidence.ts'

it.each<[Partial<ElfFile>, string]>([
  [{ needed: ['libm.so.6', 'libc.so.6'] }, 'glibc'],
  [{ interpreter: '/lib64/ld-linux-x86-64.so.2' }, 'glibc'],
  [{ needed: ['libc.musl-x86_64.so.1'] }, 'musl'],
  [{ needed: ['libstdc++.so.6', 'libc.so'] }, 'musl'],
  [{ interpreter: '/lib/ld-musl-aarch64.so.1' }, 'musl'],
  // Android's C library has musl's name, but never comes alone.
  [{ needed: ['libc.so', 'libdl.so'] }, 'android'],
  [{ interpreter: '/system/bin/linker64' }, 'android'],
  [{ osAbi: 9, needed: ['libc.so.6'] }, 'bsd'],
  [{ needed: ['libthr.so.3', 'libc.so.7'] }, 'bsd'],
  [{ needed: ['libdl.so.1', 'libc.so.1'] }, 'solaris'],
  [{ needed: ['libopencv.so.4'] }, 'any'],
  [{}, 'any'],
])('%j: %s', (file, system) => {
  expect(targetSystem(makeElf('/a.so', file))).toBe(system)
})
