import { expect, it } from 'vitest'
import { notAnEmulator } from '../../src/smoke/emulator-binary.ts'
import { makeElfHeader } from './elf-header.ts'

it.each([
  ['x86_64', 62],
  ['arm64', 183],
] as const)('takes an executable for %s', (architecture, machine) => {
  expect(notAnEmulator(makeElfHeader({ machine }), architecture)).toBeUndefined()
})

it.each([
  ['nothing', Buffer.alloc(0), /not an ELF/],
  ['a script', Buffer.from(`#!/bin/sh\n${'#'.repeat(80)}`), /not an ELF/],
  ['a cut header', makeElfHeader({}).subarray(0, 63), /not an ELF/],
  ['a 32-bit program', makeElfHeader({ class: 1 }), /64-bit/],
  ['an object file', makeElfHeader({ type: 1 }), /not an executable/],
  ['the other architecture', makeElfHeader({ machine: 183 }), /built for arm64, the function is x86_64/],
  ['a third architecture', makeElfHeader({ machine: 243 }), /ELF machine 243/],
])('refuses %s', (_, content, reason) => {
  expect(notAnEmulator(content, 'x86_64')).toMatch(reason)
})
