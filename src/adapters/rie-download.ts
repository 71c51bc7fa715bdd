import { createHash } from 'node:crypto'
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { EmulatorBinaries } from '../ports/emulator.ts'

const VERSION = '1.36'
const RELEASES = 'https://github.com/aws/aws-lambda-runtime-interface-emulator/releases/download'

/**
 * AWS publishes no checksums. These are the ones that DataDog/datadog-lambda-js pins for the release's assets (its
 * integration_tests_local/run.sh); that of x86_64 stands in an unrelated project's documentation too (checked 2026-11).
 */
const SHA256: Readonly<Record<Architecture, string>> = {
  x86_64: 'ba57f2683260127135ad5ba9bafea141f90492143cbaeb9312cde6dae8d1c08e',
  arm64: '7826415f278663274e279085ff96d7c9da210a30213fa72279e56e59f028ce76',
}

const DOWNLOAD_MS = 60_000
const X_OTHERS = 0o001

/** Emulators from a path, or from the tool cache that later runs share. `toolCache` need not exist. */
export function emulatorBinaries(options: {
  readonly toolCache: string
  readonly signal: AbortSignal
  readonly fetch?: typeof fetch
  /** For tests. */
  readonly sha256?: Readonly<Record<Architecture, string>>
}): EmulatorBinaries {
  const pinned = options.sha256 ?? SHA256
  return {
    async local(path) {
      const stats = await stat(path).catch(() => undefined)
      if (!stats?.isFile()) return undefined
      return { content: await readFile(path), executable: (stats.mode & X_OTHERS) !== 0 }
    },
    async release(architecture) {
      const folder = join(options.toolCache, 'lambda-parity', 'aws-lambda-rie', VERSION, architecture)
      const path = join(folder, 'aws-lambda-rie')
      const kept = await readFile(path).catch(() => undefined)
      if (kept !== undefined && sha256(kept) === pinned[architecture]) return kept
      const content = await download(architecture, options)
      if (sha256(content) !== pinned[architecture]) {
        throw unobtainable(`release ${VERSION} does not have the SHA-256 that is pinned (${sha256(content)})`)
      }
      await keep(folder, path, content)
      return content
    },
  }
}

async function download(
  architecture: Architecture,
  options: { readonly signal: AbortSignal; readonly fetch?: typeof fetch },
): Promise<Buffer> {
  const url = `${RELEASES}/v${VERSION}/aws-lambda-rie-${architecture}`
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(DOWNLOAD_MS)])
  try {
    const response = await (options.fetch ?? fetch)(url, { signal })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return Buffer.from(await response.arrayBuffer())
  } catch (cause) {
    options.signal.throwIfAborted()
    const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
    throw unobtainable(
      `${url} could not be downloaded (${inner instanceof Error ? inner.message : String(inner)})`,
      cause,
    )
  }
}

/** Written beside and renamed, so that two runs on one machine never see half a file; a cache that cannot be written is none. */
async function keep(folder: string, path: string, content: Buffer): Promise<void> {
  const partial = `${path}.${process.pid}.partial`
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(partial, content)
    await chmod(partial, 0o755)
    await rename(partial, path)
  } catch {
    await rm(partial, { force: true })
  }
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function unobtainable(message: string, cause?: unknown): ActionError {
  return new ActionError('internal', message, {
    help: 'Give a runtime interface emulator with rie-path.',
    ...(cause === undefined ? {} : { cause }),
  })
}
