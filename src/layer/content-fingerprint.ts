import { createHash } from 'node:crypto'
import type { FileEntry } from '../inspect/evidence.ts'
import { LAYER_ROOT } from './layer-paths.ts'

/**
 * Lower-case hex sha256 over the lines `<path>\0<644|755|link>\0<sha256 of the content, or link target>\n` of files and
 * links, sorted by bytes; paths relative to the layer's root (contract §4.9). `digests`: sha256 in hex by absolute path.
 * `undefined` when the content of a file is not known.
 */
export function contentFingerprint(
  files: readonly FileEntry[],
  digests: ReadonlyMap<string, string>,
): string | undefined {
  const lines: Buffer[] = []
  for (const { path, type, mode, link } of files) {
    // Devices, pipes and sockets are neither, and in no zip.
    if (type === 'directory' || type === 'other') continue
    const content = type === 'symlink' ? link : digests.get(path)
    if (content === undefined) return undefined
    const kind = type === 'symlink' ? 'link' : (mode & 0o111) === 0 ? '644' : '755'
    lines.push(Buffer.from(`${path.slice(LAYER_ROOT.length + 1)}\0${kind}\0${content}\n`))
  }
  const hash = createHash('sha256')
  for (const line of lines.sort(Buffer.compare)) hash.update(line)
  return hash.digest('hex')
}
