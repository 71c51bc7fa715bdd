import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import type { ContentSink } from '../inspect/tar-walker.ts'
import type { ZipEntry } from '../layer/unpacked-zip.ts'
import type { ZipOddity } from '../ports/layer-files.ts'
import type { ZipSource } from './layer-zip-source.ts'

type Problem = Pick<ZipOddity, 'kind' | 'detail'>

const LOCAL_HEADER = 30
const LOCAL_SIGNATURE = 0x04034b50
const STORED = 0
const DEFLATED = 8
// Above it, files are inflated piece by piece.
const AT_ONCE = 4 * 1024 * 1024

/**
 * Hands the content of one entry to `sink`, never more than the entry states, and ends it when all of it is as stated.
 * Otherwise returns what is wrong.
 */
export async function zipContent(
  source: ZipSource,
  entry: ZipEntry,
  sink: ContentSink,
  signal: AbortSignal,
): Promise<Problem | undefined> {
  if (entry.encrypted) return { kind: 'encrypted' }
  if (entry.method !== STORED && entry.method !== DEFLATED) return { kind: 'method', detail: `method ${entry.method}` }
  const damaged = (detail: string): Problem => ({ kind: 'damaged', detail })
  const header = Buffer.from(source.at(entry.offset, LOCAL_HEADER))
  if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== LOCAL_SIGNATURE)
    return damaged('there is no entry where the list of entries says')
  const nameLength = header.readUInt16LE(26)
  if (!source.at(entry.offset + LOCAL_HEADER, nameLength).equals(entry.rawName))
    return damaged('it has another name where its content lies')
  const start = entry.offset + LOCAL_HEADER + nameLength + header.readUInt16LE(28)
  if (start + entry.compressedSize > source.size) return damaged('its content ends beyond the end of the zip')
  if (entry.method === STORED && entry.compressedSize !== entry.uncompressedSize)
    return damaged(`stored, yet of ${entry.compressedSize} and ${entry.uncompressedSize} bytes`)

  let length = 0
  let sum = 0
  const take = (chunk: Buffer): boolean => {
    length += chunk.length
    if (length > entry.uncompressedSize) return false
    sum = crc32(chunk, sum)
    sink.bytes(chunk)
    return true
  }
  try {
    if (Math.max(entry.compressedSize, entry.uncompressedSize) <= AT_ONCE) {
      const packed = source.at(start, entry.compressedSize)
      // One more than stated is enough to know that there is more.
      const maxOutputLength = Math.max(1, entry.uncompressedSize + 1)
      if (entry.compressedSize > 0) take(entry.method === STORED ? packed : inflateRawSync(packed, { maxOutputLength }))
    } else {
      const packed = source.stream(start, entry.compressedSize)
      const stream = entry.method === STORED ? packed : packed.pipe(createInflateRaw())
      for await (const chunk of stream) {
        signal.throwIfAborted()
        if (!take(chunk as Buffer)) break
      }
    }
  } catch (error) {
    signal.throwIfAborted()
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'ERR_BUFFER_TOO_LARGE') return damaged(message)
    length = entry.uncompressedSize + 1
  }
  if (length !== entry.uncompressedSize)
    return damaged(
      `${length > entry.uncompressedSize ? 'more' : 'less'} than the ${entry.uncompressedSize} bytes it states`,
    )
  if (sum !== entry.crc32) return damaged('its checksum is wrong')
  sink.end()
  return undefined
}
