import { fromRandomAccessReaderPromise, type ZipFile } from 'yauzl'
import { ActionError } from '../errors.ts'
import type { PartialReading } from '../inspect/evidence.ts'
import type { ContentSink } from '../inspect/tar-walker.ts'
import { contentAllowance } from '../layer/content-allowance.ts'
import { layerEntry, MOST_ENTRIES } from '../layer/layer-paths.ts'
import { linksAsText } from '../layer/link-text.ts'
import { unpackedZip, type ZipEntry } from '../layer/unpacked-zip.ts'
import { zipEntry } from '../layer/zip-entry.ts'
import type { OnLayerFile, ZipOddity, ZipRead } from '../ports/layer-files.ts'
import { zipContent } from './layer-zip-content.ts'
import { ZipSource } from './layer-zip-source.ts'

const ENTRIES_PER_TURN = 256
const LONGEST_LINK = 4096

/** Reads a zip as Lambda would unpack it, entry by entry, and tells what stands in the way. */
export async function readLayerZip(
  path: string,
  onFile: OnLayerFile,
  signal: AbortSignal,
  mostContent: number,
): Promise<ZipRead> {
  const source = new ZipSource(path)
  source.ref()
  try {
    const sha256 = await source.sha256()
    const { entries, zip64 } = await zipDirectory(path, source, signal)
    const unpacked = unpackedZip(entries)
    const oddities: ZipOddity[] = [...unpacked.oddities]
    const partial: PartialReading[] = []
    const linkTexts = linksAsText(unpacked.files)
    const allowance = contentAllowance(mostContent)
    let turn = 0
    for (const { path: name, entry, type, mode } of unpacked.files) {
      if (++turn % ENTRIES_PER_TURN === 0) {
        await new Promise((resolve) => setImmediate(resolve))
        signal.throwIfAborted()
      }
      if (entry === undefined || type === 'directory' || type === 'other') {
        onFile(layerEntry(name, type, mode))
        continue
      }
      const text: Buffer[] = []
      const keepsText = type === 'symlink' || linkTexts.mayBe(name, entry.uncompressedSize)
      const sink =
        type === 'symlink' ? undefined : onFile(layerEntry(name, type, mode, { size: entry.uncompressedSize }))
      if (type === 'symlink' && entry.uncompressedSize > LONGEST_LINK) {
        partial.push({ of: 'file', path: name, why: `not read, of ${entry.uncompressedSize} bytes` })
        onFile(layerEntry(name, type, mode, { link: '' }))
        continue
      }
      if (type !== 'symlink' && !allowance.takes(entry.uncompressedSize)) continue
      const problem = await zipContent(source, entry, keepsText ? both(sink, text) : (sink ?? NOTHING), signal)
      if (problem !== undefined) oddities.push({ ...problem, name: entry.name })
      const target = Buffer.concat(text).toString('utf8')
      if (type === 'symlink') onFile(layerEntry(name, type, mode, { link: problem === undefined ? target : '' }))
      else if (keepsText && problem === undefined && linkTexts.leadsTo(name, target))
        oddities.push({ kind: 'link-as-text', name: entry.name, detail: target })
    }
    return { size: source.size, sha256, entries: entries.length, zip64, oddities, partial, ...allowance.exceeded() }
  } finally {
    source.unref()
  }
}

/** The entries of a zip. Rejects with layer-invalid. */
export async function zipDirectory(path: string, source: ZipSource, signal: AbortSignal) {
  const zip = await opened(path, source)
  const entries: ZipEntry[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.push(zipEntry(entry)) > MOST_ENTRIES) throw new Error(`more than ${MOST_ENTRIES} entries`)
      if (entries.length % ENTRIES_PER_TURN === 0) {
        await new Promise((resolve) => setImmediate(resolve))
        signal.throwIfAborted()
      }
    }
    return { entries, zip64: zip.entryCount > 0xffff || entries.some(({ zip64 }) => zip64) }
  } catch (error) {
    signal.throwIfAborted()
    throw invalid(path, `its list of entries is damaged after ${entries.length} of ${zip.entryCount}`, error)
  }
}

async function opened(path: string, source: ZipSource): Promise<ZipFile> {
  try {
    const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false, lazyEntries: true }
    return await fromRandomAccessReaderPromise(source, source.size, options)
  } catch (error) {
    throw invalid(path, source.size === 0 ? 'it is empty' : 'it is no zip', error)
  }
}

function invalid(path: string, what: string, error: unknown): ActionError {
  const why = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
  return new ActionError('layer-invalid', `${path} cannot be read as a zip: ${what} (${why}).`, {
    help: `Was it cut off, or stored with Git LFS? Make it again; this says whether it is whole.\nunzip -t ${path}`,
    cause: error,
  })
}

const NOTHING: ContentSink = { bytes: () => undefined, end: () => undefined }

function both(sink: ContentSink | undefined, text: Buffer[]): ContentSink {
  return {
    bytes(chunk) {
      text.push(Buffer.from(chunk))
      sink?.bytes(chunk)
    },
    end: () => sink?.end(),
  }
}
