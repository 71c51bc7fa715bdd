import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { constants, gunzipSync, gzipSync } from 'node:zlib'
import { run } from '../../../lab/process/command.ts'
import { dockerImageFiles } from '../../../src/adapters/docker-export.ts'
import { dockerImages } from '../../../src/adapters/docker-images.ts'
import { localLayerFiles } from '../../../src/adapters/layer-files.ts'
import type { Evidence } from '../../../src/inspect/evidence.ts'
import { gather } from '../../../src/inspect/gather.ts'
import { readLayer } from '../../../src/layer/read-layer.ts'
import type { Log } from '../../../src/ports/log.ts'
import { type CorpusFolders, installFolder } from '../corpus-folders.ts'
import type { CorpusRuntime } from '../install.ts'
import { isModes } from '../prepare/layer-shape.ts'
import type { Prepared } from '../prepare/prepared.ts'
import type { RuntimeImage } from '../runtime-image.ts'
import { readingCode } from './reading-code.ts'

const signal = new AbortController().signal

/** A prepared layer as the action reads it; kept for as long as neither the layer nor the reading code changes. */
export async function layerEvidence(folders: CorpusFolders, { install, key }: Prepared): Promise<Evidence> {
  return await kept(
    join(folders.judged, 'evidence', `${install.id}.json.gz`),
    `${key} ${readingCode(install.runtime)}`,
    async () => {
      const layer = join(installFolder(folders, install), 'layer')
      return install.damage !== undefined && isModes(install.damage)
        ? await zipped(layer, evidenceOf)
        : await evidenceOf(layer)
    },
  )
}

/** A layer, folder or zip, as the action reads it. */
export async function evidenceOf(path: string): Promise<Evidence> {
  return (await readLayer(path, 'x86_64', { layerFiles: localLayerFiles({ signal }) })).evidence
}

/** A folder is packed with modes that fit; only a finished zip keeps its own. */
async function zipped<T>(layer: string, read: (zip: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'))
  try {
    const zip = join(folder, 'layer.zip')
    await run('zip', ['-qry1', zip, '.'], { cwd: layer })
    return await read(zip)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The image that stands for the runtime. */
export async function runtimeEvidence(
  folders: CorpusFolders,
  runtime: CorpusRuntime,
  image: RuntimeImage,
): Promise<Evidence> {
  const name = `${runtime.id}-${image.id.replace(/\W+/g, '-')}`
  return await kept(join(folders.judged, 'runtimes', `${name}.json.gz`), readingCode(runtime), () =>
    gather(
      { reference: image.reference },
      {
        images: dockerImages({ signal, log: SILENT }),
        imageFiles: dockerImageFiles({ runId: `corpus-${process.pid}`, signal, log: SILENT }),
      },
    ),
  )
}

async function kept(file: string, key: string, read: () => Promise<Evidence>): Promise<Evidence> {
  if (existsSync(file)) {
    const earlier = JSON.parse(gunzipSync(readFileSync(file)).toString()) as { key: string; evidence: Evidence }
    if (earlier.key === key) return earlier.evidence
  }
  const evidence = await read()
  mkdirSync(dirname(file), { recursive: true })
  const partial = `${file}.${process.pid}.${Math.random()}`
  writeFileSync(partial, gzipSync(JSON.stringify({ key, evidence }), { level: constants.Z_BEST_SPEED }))
  renameSync(partial, file)
  return evidence
}

const SILENT: Log = {
  info: () => undefined,
  warning: () => undefined,
  error: console.error,
  debug: () => undefined,
  annotate: () => undefined,
  mask: () => undefined,
  group: (_, work) => work(),
}
