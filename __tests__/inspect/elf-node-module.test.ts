import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { wholeFile } from '../../src/inspect/byte-windows.ts'
import { readElf } from '../../src/inspect/elf.ts'

// Compiled by GCC 12 from a constructor that calls node_module_register with { 115, 0, NULL, "../addon.c", init, NULL, "addon", NULL, NULL }.
const addon = Buffer.from(
  readFileSync(new URL('fixtures/self-registered-addon.node.base64', import.meta.url), 'utf8'),
  'base64',
)

test('an addon says for which Node.js it registers itself', () => {
  expect(readElf('/opt/addon.node', wholeFile(addon))).toMatchObject({ nodeModuleVersion: 115 })
})

test('no record, cut off or overwritten, is no error of its own', () => {
  for (let length = 64; length < addon.length; length += 97)
    expect(readElf('/opt/addon.node', wholeFile(addon.subarray(0, length))).nodeModuleVersion ?? 115).toBe(115)
  const overwritten = Buffer.from(addon)
  const at = overwritten.indexOf(Buffer.from([115, 0, 0, 0, 0, 0, 0, 0]))
  overwritten.writeUInt32LE(0xffff_ffff, at)
  const { nodeModuleVersion, problem } = readElf('/opt/addon.node', wholeFile(overwritten))
  expect([nodeModuleVersion, problem]).toEqual([undefined, undefined])
})
