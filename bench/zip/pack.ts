import { localLayerFiles } from '../../src/adapters/layer-files.ts'
import { layerZipWriter } from '../../src/adapters/layer-zip-writer.ts'
import type { FileEntry } from '../../src/inspect/evidence.ts'
import { zipContents } from '../../src/layer/zip/zip-contents.ts'

/** Cost of one packing in a process of its own. Memory in bytes: resident before anything is packed, and at most. */
export type Packed = {
  readonly entries: number
  readonly content: number
  readonly bytes: number
  readonly sha256: string
  readonly seconds: number
  readonly cpuSeconds: number
  readonly before: number
  readonly peak: number
}

// node bench/zip/pack.ts FOLDER ZIP
const [root = '', target = ''] = process.argv.slice(2)
const running = { signal: new AbortController().signal }
const before = process.memoryUsage.rss()
const cpu = process.cpuUsage()
const started = performance.now()
const files: FileEntry[] = []
await localLayerFiles(running).readFolder(root, (entry) => {
  files.push(entry)
  return undefined
})
const { bytes, sha256 } = await layerZipWriter(running).write(root, zipContents(files), target)
const { user, system } = process.cpuUsage(cpu)
const packed: Packed = {
  entries: files.length,
  content: files.reduce((sum, { size }) => sum + size, 0),
  bytes,
  sha256,
  seconds: (performance.now() - started) / 1000,
  cpuSeconds: (user + system) / 1e6,
  before,
  peak: process.resourceUsage().maxRSS * 1024,
}
console.log(JSON.stringify(packed))
