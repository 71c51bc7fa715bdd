import { crc32, deflateRawSync } from 'node:zlib'

export type JarContent = { readonly name: string; readonly bytes: Buffer; readonly stored?: true }

/** A jar as `jar` and Maven write it: deflated files, a central directory at the end (APPNOTE.TXT §4.3). */
export function buildJar(files: readonly JarContent[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, stored } of files) {
    const content = stored ? bytes : deflateRawSync(bytes)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([signature(0x04034b50), common, Buffer.from(name), content])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([signature(0x02014b50), Buffer.from([20, 3]), common, tail, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, listed, signature(0x06054b50), end])
}

/** Beginning of a class file of this version, and some more. */
export function buildClass(major: number, minor = 0): Buffer {
  const bytes = Buffer.alloc(600)
  bytes.writeUInt32BE(0xcafebabe, 0)
  bytes.writeUInt16BE(minor, 4)
  bytes.writeUInt16BE(major, 6)
  return bytes
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
