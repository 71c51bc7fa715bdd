import { stat } from 'node:fs/promises'
import type { LayerFiles } from '../ports/layer-files.ts'
import { readLayerFolder } from './layer-folder.ts'
import { readLayerZip } from './layer-zip.ts'

/** Layers on the local file system. */
export function localLayerFiles({ signal }: { readonly signal: AbortSignal }): LayerFiles {
  return {
    async kind(path) {
      const stats = await stat(path).catch(() => undefined)
      if (stats === undefined) return undefined
      return stats.isDirectory() ? 'folder' : 'zip'
    },
    readFolder: (path, onFile) => readLayerFolder(path, onFile, signal),
    readZip: (path, onFile) => readLayerZip(path, onFile, signal),
  }
}
