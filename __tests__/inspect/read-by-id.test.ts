import { expect, it } from 'vitest'
import { readImage } from '../../src/inspect/gather.ts'
import type { LocalImageName } from '../../src/ports/image-files.ts'
import type { LocalImage } from '../../src/ports/images.ts'
import { buildTar } from '../builders/tar.ts'

const raw = { Id: 'sha256:app', Os: 'linux', Architecture: 'arm64', Size: 1, Config: {}, RootFS: { Layers: [] } }
const local: LocalImage = { id: 'sha256:app', os: 'linux', architecture: 'arm64', repoDigests: [], raw }
const index = { reference: 'base:1', digest: 'sha256:index', mediaType: 'index', children: [] }

it.each([
  ['an image by its id: a job beside this one may pull another platform under the same tag', {}, 'sha256:app'],
  ['the child of an index, which has no id of its own, by its reference', { index }, undefined],
])('reads %s', async (_, more, id) => {
  const asked: LocalImageName[] = []
  const read = async (image: LocalImageName, onChunk: (chunk: Buffer) => void) => {
    asked.push(image)
    onChunk(buildTar([{ name: 'etc/os-release', content: 'ID=debian\n' }]))
  }
  const { subject } = await readImage('base:1', { ...local, ...more }, { read })
  expect(asked[0]?.id).toBe(id)
  expect(asked[0]).toMatchObject({ reference: 'base:1', platform: 'linux/arm64' })
  expect(subject).toEqual({ ...(id && { id }), reference: 'base:1', platform: 'linux/arm64' })
})
