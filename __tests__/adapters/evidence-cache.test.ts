import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { evidenceCache, fileName } from '../../src/adapters/evidence-cache.ts'
import { makeEvidence, makeImageFacts } from '../builders/evidence.ts'
import { fakeLog } from '../builders/ports.ts'

const ID = `sha256:${'a'.repeat(64)}`
const PLATFORM = 'linux/amd64'
const EVIDENCE = makeEvidence({ image: makeImageFacts({ id: ID }) })

let toolCache: string
beforeEach(async () => {
  toolCache = await mkdtemp(join(tmpdir(), 'evidence-cache-'))
})
afterEach(async () => {
  await rm(toolCache, { recursive: true, force: true })
})

const folder = () => join(toolCache, 'lambda-parity', 'evidence')
const PROGRAM = fileURLToPath(import.meta.url)
const DIGEST = createHash('sha256').update(readFileSync(PROGRAM)).digest('hex')
const cache = (log = fakeLog(), program = PROGRAM) => evidenceCache({ toolCache, program, log })

it('gives back what was written, for this image and platform only', async () => {
  await cache().write(ID, PLATFORM, EVIDENCE)
  expect(await cache().read(ID, PLATFORM)).toEqual(EVIDENCE)
  expect(await cache().read(ID, 'linux/arm64')).toBeUndefined()
  expect(await cache().read('sha256:other', PLATFORM)).toBeUndefined()
  expect(await readdir(folder())).toEqual([fileName(ID, PLATFORM, DIGEST)])
})

it('has image, platform and reader in the name', () => {
  expect(fileName('sha256:abc', 'linux/arm64', '0123456789abcdef')).toBe('sha256-abc-linux-arm64.0123456789ab.json.gz')
})

it('gives another version of the program nothing that this one wrote', async () => {
  await cache().write(ID, PLATFORM, EVIDENCE)
  const other = join(toolCache, 'index.js')
  await writeFile(other, 'another bundle')
  expect(await cache(fakeLog(), other).read(ID, PLATFORM)).toBeUndefined()
  await cache(fakeLog(), other).write(ID, PLATFORM, EVIDENCE)
  expect(await readdir(folder())).toHaveLength(2)
})

it('knows nothing without its folder, silently', async () => {
  const log = fakeLog()
  expect(await cache(log).read(ID, PLATFORM)).toBeUndefined()
  expect(log.lines).toEqual([])
})

it.each([
  ['cut off', gzipSync(JSON.stringify(EVIDENCE)).subarray(0, 200)],
  ['no gzip', Buffer.from('hello')],
  ['no JSON', gzipSync('hello')],
  ['null', gzipSync('null')],
  ['of another schema', gzipSync(JSON.stringify({ ...EVIDENCE, schema: 2 }))],
  ['of another image', gzipSync(JSON.stringify(makeEvidence({ image: makeImageFacts({ id: 'sha256:b' }) })))],
  ['without files', gzipSync(JSON.stringify({ ...EVIDENCE, files: undefined }))],
])('passes over a file that is %s, and replaces it', async (_, bytes) => {
  await cache().write(ID, PLATFORM, EVIDENCE)
  await writeFile(join(folder(), fileName(ID, PLATFORM, DIGEST)), bytes)
  expect(await cache().read(ID, PLATFORM)).toBeUndefined()
  await cache().write(ID, PLATFORM, EVIDENCE)
  expect(await cache().read(ID, PLATFORM)).toEqual(EVIDENCE)
})

it('never fails a run: a folder that cannot be made is a debug line', async () => {
  await writeFile(join(toolCache, 'lambda-parity'), 'a file in the way')
  const log = fakeLog()
  await cache(log).write(ID, PLATFORM, EVIDENCE)
  expect(await cache(log).read(ID, PLATFORM)).toBeUndefined()
  expect(log.lines).toEqual([
    expect.stringMatching(/^debug: Evidence could not be kept/),
    expect.stringMatching(/^debug: /),
  ])
})

it('drops what was not used for longest', async () => {
  await cache().write(ID, PLATFORM, EVIDENCE)
  for (let index = 0; index < 52; index++) {
    const path = join(folder(), fileName(`sha256:${index}`, PLATFORM, DIGEST))
    await writeFile(path, '')
    await utimes(path, 1000 + index, 1000 + index)
  }
  await cache().write(ID, 'linux/arm64', EVIDENCE)
  const names = await readdir(folder())
  expect(names).toHaveLength(50)
  expect(names).toContain(fileName(ID, PLATFORM, DIGEST))
  expect(names).toContain(fileName('sha256:51', PLATFORM, DIGEST))
  expect(names).not.toContain(fileName('sha256:3', PLATFORM, DIGEST))
})
