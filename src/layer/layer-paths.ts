import type { FileEntry } from '../inspect/evidence.ts'

/** Where Lambda unpacks layers, and what every path of a layer's evidence begins with. */
export const LAYER_ROOT = '/opt'

/** The most entries a layer is read for: a layer of 250 MB has no more, a mistaken folder (`/`) has. */
export const MOST_ENTRIES = 500_000

/** Bytes of content that are read, four times what Lambda takes; of what lies behind it only names, modes and sizes are known. */
export const MOST_CONTENT = 1024 ** 3

/** An entry of a layer by its path below the root (`python/app.py`; empty: the root itself). */
export function layerEntry(
  name: string,
  type: FileEntry['type'],
  mode: number,
  rest: { readonly size?: number; readonly link?: string } = {},
): FileEntry {
  return {
    path: name === '' ? LAYER_ROOT : `${LAYER_ROOT}/${name}`,
    type,
    mode: type === 'symlink' ? 0o777 : mode & 0o7777,
    // Lambda unpacks as its own user, at a time of its own.
    uid: 0,
    gid: 0,
    size: rest.size ?? 0,
    mtime: 0,
    ...(rest.link === undefined ? {} : { link: rest.link }),
  }
}

/** The file's mode as layers have it: everybody may read it, and execute it when anybody may. */
export function normalisedMode(type: FileEntry['type'], mode: number): number {
  return type === 'directory' || (mode & 0o111) !== 0 ? 0o755 : 0o644
}
