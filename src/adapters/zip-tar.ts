import type { ContentSink } from '../inspect/tar-walker.ts'
import { unpackedZip } from '../layer/unpacked-zip.ts'
import { tarHeader, tarPadding } from '../tar/tar-entry.ts'
import { zipDirectory } from './layer-zip.ts'
import { zipContent } from './layer-zip-content.ts'
import { ZipSource } from './layer-zip-source.ts'

/**
 * What unpacking a layer's zip leaves, as tar entries in the order of paths. Left out is what the rules find fault with:
 * names that lead elsewhere, entries below a link, content that is damaged, special files. The end of the tar is the caller's.
 */
export async function* zipTar(path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const source = new ZipSource(path)
  source.ref()
  try {
    const { files } = unpackedZip((await zipDirectory(path, source, signal)).entries)
    const folders = new Set([''])
    for (const { path: name, type, mode, entry } of files) {
      if (name === '' || type === 'other' || !folders.has(name.slice(0, Math.max(0, name.lastIndexOf('/'))))) continue
      if (type === 'directory') {
        folders.add(name)
        yield tarHeader({ path: name, type, mode, size: 0 })
        continue
      }
      if (entry === undefined) continue
      const chunks: Buffer[] = []
      const sink: ContentSink = { bytes: (chunk) => void chunks.push(Buffer.from(chunk)), end: () => undefined }
      if ((await zipContent(source, entry, sink, signal)) !== undefined) continue
      const content = Buffer.concat(chunks)
      if (type === 'symlink')
        yield tarHeader({ path: name, type, mode: 0o777, size: 0, link: content.toString('utf8') })
      else {
        yield tarHeader({ path: name, type: 'file', mode, size: content.length })
        yield content
        yield tarPadding(content.length)
      }
    }
  } finally {
    source.unref()
  }
}
