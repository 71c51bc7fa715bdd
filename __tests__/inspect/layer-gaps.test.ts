import { expect, it } from 'vitest'
import { foreignLayers, layerGapReader, namelessLayers } from '../../src/inspect/layer-gaps.ts'
import { buildTar } from '../builders/tar.ts'

const file = (name: string, content: Buffer | string = 'x') => ({ name, content: Buffer.from(content) })
const folder = (name: string) => ({ name, type: '5' })

function read(saved: Buffer, size: number) {
  const reader = layerGapReader()
  for (let at = 0; at < saved.length; at += size) reader.write(saved.subarray(at, at + size))
  return reader.end()
}

const lower = buildTar([folder('./'), folder('./opt/'), file('./opt/a')])
const upper = buildTar([
  file('opt/extensions/adapter'),
  file('opt/extensions/other'),
  file('opt/b'),
  file('etc/c'),
  folder('etc'),
])

it.each([1, 511, 512, 100_000])(
  'finds folders that neither the layer nor one below has, in chunks of %i bytes',
  (size) => {
    const saved = buildTar([
      file('2/layer.tar', upper),
      file('2/json', '{}'),
      file('1/layer.tar', lower),
      file('manifest.json', JSON.stringify([{ Layers: ['1/layer.tar', '2/layer.tar'] }])),
    ])
    expect(read(saved, size)).toEqual([{ layer: 1, parent: '/opt/extensions', path: '/opt/extensions/adapter' }])
  },
)

it('says nothing of layers that it cannot read', () => {
  const order = file('manifest.json', JSON.stringify([{ Layers: ['blobs/sha256/1'] }]))
  expect(read(buildTar([file('blobs/sha256/1', Buffer.from('1f8b0800', 'hex')), order]), 512)).toBeUndefined()
  expect(read(buildTar([file('blobs/sha256/1', lower), order]), 512)).toEqual([])
  expect(read(buildTar([file('manifest.json', 'no')]), 512)).toBeUndefined()
})

it('counts what was not made by Docker', () => {
  const entry = (createdBy: string, comment = '') => ({ createdBy, comment })
  const docker = [
    entry('COPY a /b # buildkit', 'buildkit.dockerfile.v0'),
    entry('/bin/sh -c #(nop) ADD file:1 in / '),
    entry('RUN /bin/sh -c make # buildkit', 'buildkit.dockerfile.v0'),
    entry("# debian.sh --arch 'amd64'", 'debuerreotype 0.16'),
  ]
  const layers = docker.map(() => 'sha256:1')
  expect(foreignLayers({ history: docker, layers })).toBe(0)
  const more = [entry('', ''), ...docker, entry('bazel build'), entry('', 'Imported from -')]
  expect(foreignLayers({ history: more, layers })).toBe(2)
  expect(namelessLayers({ history: more, layers })).toBe(1)
  expect(namelessLayers({ history: docker, layers: [...layers, 'sha256:2', 'sha256:3'] })).toBe(2)
})
