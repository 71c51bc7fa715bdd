import type { SystemPackage } from './system-package.ts'
import { Unread } from './unread.ts'

const TAGS = { name: 1000, version: 1001, release: 1002, epoch: 1003, architecture: 1022 } as const
const INT32 = 4
const STRING = 6
const ENTRY = 16
const LONGEST = 1024

/**
 * The package that a header of rpm's database describes: big-endian index length and data length, index entries of tag,
 * type, offset and count, data (rpm's header format, without the magic of package files).
 */
export function rpmPackage(header: Buffer): SystemPackage {
  if (header.length < 8) throw new Unread('a package header is cut short')
  const data = 8 + header.readUInt32BE(0) * ENTRY
  if (data + header.readUInt32BE(4) > header.length) throw new Unread('a package header is cut short')
  const values = new Map<number, string>()
  for (let at = 8; at < data; at += ENTRY) {
    const tag = header.readUInt32BE(at)
    if (!WANTED.has(tag) || values.has(tag)) continue
    values.set(tag, value(header, header.readUInt32BE(at + 4), data + header.readUInt32BE(at + 8)))
  }
  const [name, version, release] = [values.get(TAGS.name), values.get(TAGS.version), values.get(TAGS.release)]
  if (name === undefined || version === undefined || release === undefined)
    throw new Unread('a package header has no name or version')
  const epoch = values.get(TAGS.epoch) ?? '0'
  const architecture = values.get(TAGS.architecture)
  return {
    name,
    version: `${epoch === '0' ? '' : `${epoch}:`}${version}-${release}`,
    ...(architecture === undefined ? {} : { architecture }),
  }
}

const WANTED: ReadonlySet<number> = new Set(Object.values(TAGS))

function value(header: Buffer, type: number, at: number): string {
  if (type === INT32 && at + 4 <= header.length) return String(header.readUInt32BE(at))
  const end = type === STRING ? header.indexOf(0, at) : -1
  if (end === -1 || end - at > LONGEST) throw new Unread('a package header names a value outside of itself')
  return header.toString('utf8', at, end)
}
