import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, gunzip, gzip } from 'node:zlib'
import type { Evidence } from '../inspect/evidence.ts'
import type { EvidenceCache } from '../ports/evidence-cache.ts'
import type { Log } from '../ports/log.ts'

const SUFFIX = '.json.gz'
// Base images of one runner; each takes 0.5 to 1 MB.
const MAX_KEPT = 50

export type EvidenceCacheOptions = {
  readonly toolCache: string
  /** The running program: another version of it reads more or otherwise, and nobody has to remember to say so. */
  readonly program: string
  readonly log: Log
}

/** Evidence in `<tool cache>/lambda-parity/evidence`, one compressed file per image and platform, kept for later runs. */
export function evidenceCache({ toolCache, program, log }: EvidenceCacheOptions): EvidenceCache {
  const folder = join(toolCache, 'lambda-parity', 'evidence')
  let digest: Promise<string> | undefined
  const reader = () => {
    digest ??= readFile(program).then((bytes) => createHash('sha256').update(bytes).digest('hex'))
    return digest
  }
  return {
    async read(imageId, platform) {
      let path = folder
      try {
        path = join(folder, fileName(imageId, platform, await reader()))
        const evidence: unknown = JSON.parse((await promisify(gunzip)(await readFile(path))).toString('utf8'))
        if (!isEvidenceOf(imageId, evidence)) return undefined
        // Marks it as used: the least recently used goes first.
        await utimes(path, new Date(), new Date())
        return evidence
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
          log.debug(`Kept evidence ${path} cannot be used, the image is read again: ${error}`)
        return undefined
      }
    },
    async write(imageId, platform, evidence) {
      const partial = join(folder, `${randomUUID()}.partial`)
      try {
        await mkdir(folder, { recursive: true })
        const json = Buffer.from(JSON.stringify(evidence))
        await writeFile(partial, await promisify(gzip)(json, { level: constants.Z_BEST_SPEED }))
        await rename(partial, join(folder, fileName(imageId, platform, await reader())))
        await prune(folder)
      } catch (error) {
        log.debug(`Evidence could not be kept for later runs: ${error}`)
        await rm(partial, { force: true }).catch(() => undefined)
      }
    },
  }
}

/** `sha256-<digits>-linux-amd64.<program>.json.gz`: a name holds everything that the content depends on. */
export function fileName(imageId: string, platform: string, program: string): string {
  const name = `${imageId}-${platform}`.replace(/[^A-Za-z0-9.]+/g, '-')
  return `${name}.${program.slice(0, 12)}${SUFFIX}`
}

function isEvidenceOf(imageId: string, value: unknown): value is Evidence {
  const evidence = value as Partial<Evidence> | null
  return (
    evidence?.schema === 1 &&
    evidence.image?.id === imageId &&
    Array.isArray(evidence.files) &&
    Array.isArray(evidence.elf)
  )
}

async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX))
  if (names.length <= MAX_KEPT) return
  const aged = await Promise.all(names.map(async (name) => ({ name, used: (await stat(join(folder, name))).mtimeMs })))
  const oldest = aged.toSorted((a, b) => b.used - a.used).slice(MAX_KEPT)
  await Promise.all(oldest.map(({ name }) => rm(join(folder, name), { force: true })))
}
