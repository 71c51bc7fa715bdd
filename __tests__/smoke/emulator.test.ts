import { describe, expect, it } from 'vitest'
import type { RuntimeFacts } from '../../src/checks/check.ts'
import { ActionError } from '../../src/errors.ts'
import { findEmulator, IMAGE_EMULATOR } from '../../src/smoke/emulator.ts'
import { makeEvidence, makeFile } from '../builders/evidence.ts'
import { makeElfHeader } from './elf-header.ts'
import { fakeContainers, fakeEmulators } from './fakes.ts'

const own = makeElfHeader({})
const withEmulator = makeEvidence({ files: [makeFile(IMAGE_EMULATOR, { mode: 0o755 })] })
const without = makeEvidence({ files: [] })
const runtime: RuntimeFacts = {
  reference: 'lambda/nodejs:22',
  environment: { reference: 'lambda/nodejs:22', tools: {}, source: 'scanned' },
  evidence: withEmulator,
}
const search = { riePath: undefined, architecture: 'x86_64', artifact: without, runtime: undefined } as const
const noPorts = { containers: fakeContainers(), emulators: fakeEmulators() }

describe('findEmulator', () => {
  it("takes rie-path before the image's own", async () => {
    const emulators = fakeEmulators({ local: async () => ({ content: own, executable: true }) })
    const found = await findEmulator({ ...search, riePath: './rie', artifact: withEmulator }, { ...noPorts, emulators })
    expect(found).toEqual({ from: 'brought', content: own, source: './rie' })
  })

  it.each([
    ['no such file', undefined],
    ['not executable', { content: own, executable: false }],
    ['built for arm64', { content: makeElfHeader({ machine: 183 }), executable: true }],
  ])('refuses a rie-path that cannot be run: %s', async (reason, file) => {
    const emulators = fakeEmulators({ local: async () => file })
    const finding = findEmulator({ ...search, riePath: './rie' }, { ...noPorts, emulators })
    await expect(finding).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(reason) })
  })

  it("takes the image's own before anybody else's", async () => {
    const found = await findEmulator({ ...search, artifact: withEmulator, runtime }, noPorts)
    expect(found).toEqual({ from: 'image', path: IMAGE_EMULATOR })
  })

  it("passes over the image's own when it may not be run", async () => {
    const artifact = makeEvidence({ files: [makeFile(IMAGE_EMULATOR, { mode: 0o700 })] })
    const emulators = fakeEmulators({ release: async () => own })
    const found = await findEmulator({ ...search, artifact }, { ...noPorts, emulators })
    expect(found).toMatchObject({ from: 'brought', source: 'the pinned release' })
  })

  it("takes the runtime image's before a download", async () => {
    const containers = fakeContainers({ readImageFile: async () => own })
    const found = await findEmulator({ ...search, runtime }, { ...noPorts, containers })
    expect(found).toEqual({ from: 'brought', content: own, source: 'lambda/nodejs:22' })
  })

  it('says everything that was tried when there is none', async () => {
    const containers = fakeContainers({ readImageFile: async () => makeElfHeader({ machine: 183 }) })
    const emulators = fakeEmulators({
      release: async () => {
        throw new ActionError('internal', 'the release could not be downloaded (HTTP 503)', { help: 'x' })
      },
    })
    const found = await findEmulator({ ...search, runtime }, { containers, emulators })
    expect(found).toMatchObject({ from: 'none' })
    expect('reason' in found && found.reason).toMatch(/the image has none; .*built for arm64.*HTTP 503.*rie-path/)
  })
})
