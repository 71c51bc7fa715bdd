import { expect, it } from 'vitest'
import { foreignReader } from '../../../src/inspect/binaries/foreign-reader.ts'
import { makeFile } from '../../builders/evidence.ts'

function u32(...values: readonly number[]): Buffer {
  return Buffer.concat(values.map((value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])))
}

const thin = Buffer.concat([Buffer.from('cffaedfe0c000001', 'hex'), Buffer.alloc(100)])
const universal = Buffer.concat([
  u32(0xcafebabe, 2),
  u32(0x01000007, 3, 0x4000, 100, 14),
  u32(0x0100000c, 0, 0x8000, 100, 14),
])
const javaClass = Buffer.concat([u32(0xcafebabe, 52), Buffer.alloc(200)])

/** A Windows file with a header at 0x80; `cli`: the address of its .NET header. */
function windows(machine: number, cli = 0): Buffer {
  const bytes = Buffer.alloc(0x200)
  bytes.write('MZ')
  bytes.writeUInt32LE(0x80, 0x3c)
  bytes.write('PE\0\0', 0x80, 'latin1')
  bytes.writeUInt16LE(machine, 0x84)
  bytes.writeUInt16LE(0x20b, 0x98)
  bytes.writeUInt32LE(cli, 0x98 + 112 + 14 * 8)
  return bytes
}

function read(path: string, bytes: Buffer, size = bytes.length) {
  const entry = makeFile(path, { size, mode: path === '/opt/bootstrap' ? 0o755 : 0o644 })
  const wanted = foreignReader.wants(entry, bytes.subarray(0, 4))
  return wanted === 0 ? undefined : foreignReader.read(entry, bytes.subarray(0, wanted))
}

it.each([
  ['/a.node', thin, 'mach-o', ['arm64']],
  ['/bin/tool', thin, 'mach-o', ['arm64']],
  ['/a.dylib', universal, 'mach-o', ['x86_64', 'arm64']],
  ['/a.dll', windows(0x8664), 'pe', ['x86_64']],
  ['/a.pyd', windows(0x14c), 'pe', ['x86 (32-bit)']],
  ['/libx.so', windows(0xaa64), 'pe', ['arm64']],
] as const)('tells what %s is for', (path, bytes, format, processors) => {
  expect(read(path, bytes, 0x10000)).toEqual({ path, format, processors, size: 0x10000 })
})

it.each([
  ['a Java class', '/A.class', javaClass],
  ['a Java class without its ending', '/a', javaClass],
  ['a .NET assembly', '/app.dll', windows(0x8664, 0x2008)],
  ['text that begins with MZ', '/readme.txt', Buffer.from('MZ, and so on')],
  ["pip's launchers", '/pip/_vendor/distlib/t64.exe', windows(0x8664)],
  ['a pointer of Git LFS to data', '/model.bin', Buffer.from('version https://git-lfs.github.com/spec/v1')],
  ['a linker script', '/usr/lib64/libc.so', Buffer.from('/* GNU ld script\n*/\nGROUP ( /lib64/libc.so.6 )')],
  ['a short linker script', '/usr/lib64/libm.so', Buffer.from('INPUT(-lm)\n')],
])('passes over %s', (_, path, bytes) => {
  expect(read(path, bytes)).toBeUndefined()
})

it('takes a pointer of Git LFS in place of a program whose mode was lost', () => {
  const pointer = Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:5a')
  expect(read('/tool/bin/tool', pointer)).toMatchObject({ format: 'none', path: '/tool/bin/tool' })
  expect(read('/tool/share/model', pointer)).toBeUndefined()
})

it.each([
  ['/a.node', Buffer.alloc(0), ''],
  ['/a.so', Buffer.from('ab'), 'ab'],
  [
    '/libx.so.1.2',
    Buffer.from('version https://git-lfs.github.com/spec/v1\noid'),
    'version https://git-lfs.github.com/spec/v1.oid',
  ],
  ['/b.so', javaClass, `${'.'.repeat(7)}4${'.'.repeat(56)}`],
  [
    '/opt/bootstrap',
    Buffer.from('version https://git-lfs.github.com/spec/v1'),
    'version https://git-lfs.github.com/spec/v1',
  ],
])('takes %s for no native file', (path, bytes, head) => {
  expect(read(path, bytes)).toEqual({ path, format: 'none', processors: [], size: bytes.length, head })
})

it('never throws on random bytes', () => {
  for (let seed = 1; seed < 2000; seed++) {
    const bytes = Buffer.from(Array.from({ length: seed % 90 }, (_, index) => (seed * (index + 7) * 2654435761) >>> 24))
    for (const magic of [universal, thin, windows(1)])
      read('/a.so', Buffer.concat([magic.subarray(0, seed % 8), bytes]))
  }
})
