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
  const contents = files.filter(({ path, type }) => path !== LAYER_ROOT && type !== 'other').map(zipContent)
  // Each name's bytes once: a comparison that makes them leaves tens of megabytes of garbage.
  const keyed = contents.map((content) => ({ content, key: Buffer.from(content.name) }))
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ content }) => content)
}

function zipContent({ path, type, mode, size, link }: FileEntry): ZipContent {
  const name = path.slice(LAYER_ROOT.length + 1)
  if (type === 'directory') return { name: `${name}/`, mode: FOLDER | 0o755, size: 0 }
  if (type === 'symlink') return { name, mode: LINK | 0o777, size: Buffer.byteLength(link ?? ''), link: link ?? '' }
  return { name, mode: FILE | ((mode & 0o111) === 0 ? 0o644 : 0o755), size }
}
