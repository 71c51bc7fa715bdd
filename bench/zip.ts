import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { localLayerFiles } from '../src/adapters/layer-files.ts'
import { layerZipWriter } from '../src/adapters/layer-zip-writer.ts'
import type { FileEntry } from '../src/inspect/evidence.ts'
import { zipContents } from '../src/layer/zip/zip-contents.ts'

// node bench/zip.ts [folder]: packs it (default node_modules) as a layer and with `zip -r9`, and compares time, size and memory.
const root = resolve(process.argv[2] ?? 'node_modules')
const folder = mkdtempSync(join(tmpdir(), 'lambda-parity-bench-'))
const running = { signal: new AbortController().signal }
const seconds = async (work: () => unknown) => {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

try {
  const entries: FileEntry[] = []
  const listing = await seconds(() =>
    localLayerFiles(running).readFolder(root, (entry) => {
      entries.push(entry)
      return undefined
    }),
  )
  const bytes = entries.reduce((sum, { size }) => sum + size, 0)
  let peak = 0
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  const before = process.memoryUsage.rss()
  const own = join(folder, 'own.zip')
  const packing = await seconds(() => layerZipWriter(running).write(root, zipContents(entries), own))
  clearInterval(watching)
  const theirs = join(folder, 'zip.zip')
  const zipping = await seconds(() => execFileSync('zip', ['-qry9', theirs, '.'], { cwd: root }))
  const [size, reference] = [statSync(own).size, statSync(theirs).size]
  const rows = {
    tree: `${entries.length} entries, ${(bytes / 1e6).toFixed(1)} MB`,
    own: `${(listing + packing).toFixed(2)} s (listing ${listing.toFixed(2)} s), ${size} bytes`,
    'zip -r9': `${zipping.toFixed(2)} s, ${reference} bytes`,
    faster: `${(zipping / (listing + packing)).toFixed(2)} times`,
    larger: `${((size / reference - 1) * 100).toFixed(2)} %`,
    memory: `${((peak - before) / 1e6).toFixed(0)} MB above ${(before / 1e6).toFixed(0)} MB`,
  }
  for (const [name, value] of Object.entries(rows)) console.log(`${name.padEnd(8)} ${value}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
