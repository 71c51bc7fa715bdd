import type { FileEntry } from '../../inspect/evidence.ts'
import { LAYER_ROOT } from '../layer-paths.ts'

/** One entry of the zip that is to be written; sizes and checksum come with its content. */
export type ZipContent = {
  readonly name: string
  readonly mode: number
  /** Bytes of a file as it was looked at; of a link the bytes of its target. */
  readonly size: number
  readonly link?: string
}

const FILE = 0o100000
const FOLDER = 0o040000
const LINK = 0o120000

/**
 * What goes into a layer's zip, sorted by bytes of the names: folders, files and links, nothing left out. Modes as Lambda's
 * user needs them: 755 for folders and what anybody may execute, 644 for the rest. Devices, pipes and sockets, which a zip
 * cannot hold, are a finding of zip-entries.
 */
export function zipContents(files: readonly FileEntry[]): readonly ZipContent[] {
  return files
    .filter(({ path, type }) => path !== LAYER_ROOT && type !== 'other')
    .map(zipContent)
    .sort((a, b) => compareUtf8(a.name, b.name))
}

/** Order of the names' UTF-8 bytes, without making them: that of code points. Only surrogates are elsewhere in UTF-16. */
function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (one !== other) return isSurrogate(one) === isSurrogate(other) ? one - other : isSurrogate(one) ? 1 : -1
  }
  return a.length - b.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}

function zipContent({ path, type, mode, size, link }: FileEntry): ZipContent {
  const name = path.slice(LAYER_ROOT.length + 1)
  if (type === 'directory') return { name: `${name}/`, mode: FOLDER | 0o755, size: 0 }
  if (type === 'symlink') return { name, mode: LINK | 0o777, size: Buffer.byteLength(link ?? ''), link: link ?? '' }
  return { name, mode: FILE | ((mode & 0o111) === 0 ? 0o644 : 0o755), size }
}
