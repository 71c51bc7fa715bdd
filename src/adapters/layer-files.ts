import { stat } from 'node:fs/promises'
import { MOST_CONTENT } from '../layer/layer-paths.ts'
import type { LayerFiles } from '../ports/layer-files.ts'
import { readLayerFolder } from './layer-folder.ts'
import { readLayerZip } from './layer-zip.ts'

type Options = {
  readonly signal: AbortSignal
  /** @default MOST_CONTENT */
  readonly mostContent?: number
}

/** Layers on the local file system. */
export function localLayerFiles({ signal, mostContent = MOST_CONTENT }: Options): LayerFiles {
  return {
    async kind(path) {
      const stats = await stat(path).catch(() => undefined)
      if (stats === undefined) return undefined
      return stats.isDirectory() ? 'folder' : 'zip'
    },
    readFolder: (path, onFile) => readLayerFolder(path, onFile, signal, mostContent),
    readZip: (path, onFile) => readLayerZip(path, onFile, signal, mostContent),
  }
}
