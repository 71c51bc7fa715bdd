import { describe, expect, it } from 'vitest'
import { hasMoved, pinnedBase } from '../../src/build/pinned-base.ts'
import { ActionError } from '../../src/errors.ts'
import type { ManifestFacts } from '../../src/inspect/evidence.ts'
import { digestOf } from '../builders/aws.ts'
import { makePinnedBase } from '../builders/pinned-base.ts'

const base = (reference: string) => ({ base: { reference, line: 1 } })
const never = { manifest: () => Promise.reject(new Error('no registry was to be asked')) }

describe('pinnedBase', () => {
  it.each([undefined, 'node:22', `node@${digestOf('7')}`, 'scratch'])('asks nothing about %s', async (reference) => {
    expect(await pinnedBase(reference === undefined ? {} : base(reference), never)).toBeUndefined()
  })

  it('asks what the tag names, without the digest', async () => {
    const asked: string[] = []
    const manifest = async (reference: string): Promise<ManifestFacts> => {
      asked.push(reference)
      return { reference, digest: digestOf('8'), mediaType: '' }
    }
    const found = await pinnedBase(base(`127.0.0.1:5000/base:1@${digestOf('7')}`), { manifest })
    expect(asked).toEqual(['127.0.0.1:5000/base:1'])
    expect(found).toMatchObject({ reference: '127.0.0.1:5000/base:1', digest: digestOf('7') })
  })

  it('keeps the first line of why the registry did not tell, and lets go of a cancelled run', async () => {
    const pinned = base(`node:22@${digestOf('7')}`)
    const failing = (code: 'registry-error' | 'cancelled') => ({
      manifest: () => Promise.reject(new ActionError(code, 'no route\nto host', { help: '' })),
    })
    expect(await pinnedBase(pinned, failing('registry-error'))).toMatchObject({ now: { unread: 'no route' } })
    await expect(pinnedBase(pinned, failing('cancelled'))).rejects.toMatchObject({ code: 'cancelled' })
  })
})

it('a pin has moved when the tag names neither it nor an index that holds it', () => {
  const index = (...digests: readonly string[]): ManifestFacts => ({
    reference: 'node:22',
    digest: digestOf('8'),
    mediaType: '',
    children: digests.map((digest) => ({ digest, mediaType: '', platform: 'linux/amd64', attestation: false })),
  })
  expect(hasMoved(makePinnedBase())).toBe(false)
  expect(hasMoved(makePinnedBase({ now: index(digestOf('7')) }))).toBe(false)
  expect(hasMoved(makePinnedBase({ now: index(digestOf('9')) }))).toBe(true)
  expect(hasMoved(makePinnedBase({ now: { unread: 'no route' } }))).toBe(false)
})
