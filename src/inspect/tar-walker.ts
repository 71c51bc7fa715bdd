import { type PaxRecords, readPaxRecords } from './pax-records.ts'
import { BLOCK, isZeroBlock, readHeader, TarError, type TarHeader } from './tar-header.ts'

/** Takes the content of one file. Every chunk is valid only during the call. */
export type ContentSink = { bytes(chunk: Buffer): void; end(): void }

export type TarWalker = {
  /** The next bytes of the stream, of any length; may be reused by the caller afterwards. */
  write(chunk: Buffer): void
  /** Throws TarError when the archive is not complete. */
  end(): void
}

// Long names, link targets and pax records; Linux paths end at 4 KiB, extended attributes at 64 KiB each.
const MAX_METADATA = 1024 * 1024
const HEADER_ONLY = new Set(['1', '2', '3', '4', '5', '6'])

/**
 * Reads a tar stream as it comes, without waiting and without copies: `onEntry` is called for every entry (long names of
 * GNU and pax already applied) and returns where the content of a file goes, or nothing to pass over it.
 * Memory is bounded by one block and one set of long names. Throws TarError.
 */
export function tarWalker(onEntry: (header: TarHeader) => ContentSink | undefined): TarWalker {
  const partial = Buffer.alloc(BLOCK)
  let partialLength = 0
  let offset = 0
  let contentLeft = 0
  let paddingLeft = 0
  let sink: ContentSink | undefined
  let ended = false
  let globals: PaxRecords = {}
  let next: PaxRecords = {}
  const metadata: Readonly<Record<string, (content: Buffer) => void>> = {
    g: (content) => {
      globals = { ...globals, ...pax(content) }
    },
    x: (content) => {
      next = { ...next, ...pax(content) }
    },
    L: (content) => {
      next = { ...next, path: untilNul(content) }
    },
    K: (content) => {
      next = { ...next, linkpath: untilNul(content) }
    },
  }

  return {
    write(chunk) {
      let at = 0
      while (at < chunk.length && !ended) {
        const available = chunk.length - at
        let used: number
        if (contentLeft > 0) {
          used = Math.min(contentLeft, available)
          sink?.bytes(used === chunk.length ? chunk : chunk.subarray(at, at + used))
          contentLeft -= used
          if (contentLeft === 0) finish()
        } else if (paddingLeft > 0) {
          used = Math.min(paddingLeft, available)
          paddingLeft -= used
        } else if (partialLength === 0 && available >= BLOCK) {
          used = BLOCK
          header(chunk.subarray(at, at + BLOCK))
        } else {
          used = Math.min(BLOCK - partialLength, available)
          chunk.copy(partial, partialLength, at, at + used)
          partialLength += used
          if (partialLength === BLOCK) {
            partialLength = 0
            header(partial)
          }
        }
        at += used
        offset += used
      }
    },
    end() {
      if (!ended) throw new TarError('the stream ended before the archive did', offset)
    },
  }

  function header(block: Buffer): void {
    if (isZeroBlock(block)) {
      ended = true
      return
    }
    const raw = readHeader(block, offset)
    const describesNext = metadata[raw.type]
    if (describesNext !== undefined) {
      contentLeft = raw.size
      sink = collect(raw.size, describesNext)
    } else {
      const entry = applied(raw)
      contentLeft = HEADER_ONLY.has(entry.type) ? 0 : entry.size
      next = {}
      sink = onEntry(entry)
    }
    paddingLeft = (BLOCK - (contentLeft % BLOCK)) % BLOCK
    if (contentLeft === 0) finish()
  }

  function finish(): void {
    sink?.end()
    sink = undefined
  }

  function applied(raw: TarHeader): TarHeader {
    const { path, linkpath, ...numbers } = { ...globals, ...next }
    const entry = {
      ...raw,
      ...numbers,
      ...(path === undefined ? {} : { name: path }),
      ...(linkpath === undefined ? {} : { linkName: linkpath }),
    }
    if (!Number.isSafeInteger(entry.size) || entry.size < 0) throw new TarError('an impossible size in pax', offset)
    return entry
  }

  function collect(size: number, done: (content: Buffer) => void): ContentSink {
    if (size > MAX_METADATA) throw new TarError(`a name or extended header of ${size} bytes`, offset)
    const content = Buffer.alloc(size)
    let length = 0
    return {
      bytes(chunk) {
        length += chunk.copy(content, length)
      },
      end: () => done(content),
    }
  }

  function pax(content: Buffer): PaxRecords {
    const records = readPaxRecords(content)
    if (records === undefined) throw new TarError('an extended header that is not pax', offset)
    return records
  }
}

function untilNul(content: Buffer): string {
  const nul = content.indexOf(0)
  return content.toString('utf8', 0, nul === -1 ? content.length : nul)
}
