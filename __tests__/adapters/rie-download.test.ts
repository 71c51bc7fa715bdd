import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emulatorBinaries } from '../../src/adapters/rie-download.ts'

const CONTENT = Buffer.from('an emulator')
const SHA256 = createHash('sha256').update(CONTENT).digest('hex')

let toolCache: string
beforeEach(async () => {
  toolCache = await mkdtemp(join(tmpdir(), 'rie-download-'))
})
afterEach(() => rm(toolCache, { recursive: true }))

function binaries(respond: () => Response, pinned = SHA256) {
  const asked: string[] = []
  const fake = async (url: unknown) => {
    asked.push(String(url))
    return respond()
  }
  const sha256 = { x86_64: pinned, arm64: pinned }
  const signal = new AbortController().signal
  return { asked, ...emulatorBinaries({ toolCache, signal, fetch: fake as typeof fetch, sha256 }) }
}

describe('release', () => {
  it('is downloaded once and kept for later runs', async () => {
    const { asked, release } = binaries(() => new Response(CONTENT))
    expect(await release('arm64')).toEqual(CONTENT)
    expect(await release('arm64')).toEqual(CONTENT)
    expect(asked).toEqual([expect.stringMatching(/\/releases\/download\/v[\d.]+\/aws-lambda-rie-arm64$/)])
  })

  it('is neither used nor kept when its SHA-256 differs', async () => {
    const { release } = binaries(() => new Response('something else'))
    await expect(release('x86_64')).rejects.toThrow(/SHA-256/)
    expect(await readdir(toolCache)).toEqual([])
  })

  it('is downloaded again when the kept one was changed', async () => {
    const { asked, release } = binaries(() => new Response(CONTENT))
    await release('x86_64')
    const [version = ''] = await readdir(join(toolCache, 'lambda-parity/aws-lambda-rie'))
    const path = join(toolCache, 'lambda-parity/aws-lambda-rie', version, 'x86_64/aws-lambda-rie')
    await writeFile(path, 'changed')
    expect(await release('x86_64')).toEqual(CONTENT)
    expect(asked).toHaveLength(2)
  })

  it('says what the server answered', async () => {
    const { release } = binaries(() => new Response('', { status: 503 }))
    await expect(release('x86_64')).rejects.toThrow(/aws-lambda-rie-x86_64 could not be downloaded \(HTTP 503\)/)
  })
})

describe('local', () => {
  it.each([
    [0o755, true],
    [0o644, false],
    [0o700, false],
  ])('a file of mode %o: executable for everybody %s', async (mode, executable) => {
    const path = join(toolCache, 'rie')
    await writeFile(path, CONTENT, { mode })
    expect((await stat(path)).mode & 0o777).toBe(mode)
    expect(await binaries(() => new Response()).local(path)).toEqual({ content: CONTENT, executable })
  })

  it('is nothing for a folder, nor where nothing is', async () => {
    const { local } = binaries(() => new Response())
    expect(await local(toolCache)).toBeUndefined()
    expect(await local(join(toolCache, 'none'))).toBeUndefined()
  })
})
