import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { wholeFile } from '../../src/inspect/byte-windows.ts'
import { readElf } from '../../src/inspect/elf.ts'

// Compiled by GCC 12 -O2 from int node_api_module_get_api_version_v1(void) { return 10; } and an initialiser.
const addon = Buffer.from(readFileSync(new URL('fixtures/node-api-10.node.base64', import.meta.url), 'utf8'), 'base64')
const stated = (bytes: Buffer) => readElf('/opt/addon.node', wholeFile(bytes)).nodeApiVersion
const RETURNS_10 = Buffer.from('b80a000000c3', 'hex')
const EM_AARCH64 = 183

test('an addon says for which Node-API it was built', () => {
  expect(stated(addon)).toBe(10)
})

test.each([
  ['that of an unoptimised build', 62, '554889e5b8090000005dc3', 9],
  ['protected against jumps', 62, 'f30f1efab808000000c3', 8],
  ['an experimental one', 62, 'b8ffffff7fc3', 0x7fffffff],
  ['for ARM', EM_AARCH64, '40018052c0035fd6', 10],
  ['for ARM, protected', EM_AARCH64, '5f2403d520018052c0035fd6', 9],
  ['a function that counts', 62, '31c0ffc0c3', undefined],
])('instructions of compilers: %s', (_, machine, code, expected) => {
  const changed = Buffer.concat([addon])
  changed.writeUInt16LE(machine, 18)
  const at = changed.indexOf(RETURNS_10)
  Buffer.from(code, 'hex').copy(changed, at)
  expect(stated(changed)).toBe(expected)
})

test('a file that is cut off is no error of its own', () => {
  for (let length = 64; length < addon.length; length += 97) expect(stated(addon.subarray(0, length)) ?? 10).toBe(10)
})
