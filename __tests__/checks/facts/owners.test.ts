import { describe, expect, it } from 'vitest'
import { owners } from '../../../src/checks/facts/owners.ts'
import type { FileFacts } from '../../../src/inspect/fact-readers.ts'
import { NO_FACTS } from '../../../src/inspect/fact-readers.ts'
import { makeEvidence } from '../../builders/evidence.ts'

function ownerOf(path: string, facts: Partial<FileFacts> = {}) {
  return owners(makeEvidence({ facts: { ...NO_FACTS, ...facts } }))(path)
}

describe('npm', () => {
  const folder = '/opt/nodejs/node_modules'
  const manifest = (path: string, name: string) => ({ kind: 'package', path: `${path}/package.json`, name }) as const
  const node = [
    manifest('/opt/nodejs', 'my-layer'),
    manifest(`${folder}/sharp`, 'sharp'),
    manifest(`${folder}/sharp/dist/esm`, 'sharp-esm'),
    manifest(`${folder}/sharp/node_modules/@img/linux`, '@img/linux'),
  ] as unknown as FileFacts['node']

  it.each([
    ['the package that a file was installed with', `${folder}/sharp/lib/a.node`, 'pkg:npm/sharp'],
    ['not one that it keeps for itself', `${folder}/sharp/dist/esm/a.node`, 'pkg:npm/sharp'],
    ['the innermost', `${folder}/sharp/node_modules/@img/linux/a.node`, 'pkg:npm/%40img/linux'],
    ['outside of packages the nearest package.json', '/opt/nodejs/build/a.node', 'pkg:npm/my-layer'],
    ['nobody', '/opt/lib/liba.so', undefined],
  ])('%s', (_, path, purl) => {
    expect(ownerOf(path, { node })?.purl).toBe(purl)
  })
})

describe('Python', () => {
  const site = '/opt/python'
  const distribution = (name: string, record?: object) => ({
    kind: 'distribution',
    path: `${site}/${name}-1.0.dist-info`,
    name,
    version: '1.0',
    ...(record === undefined ? {} : { record: { files: 1, native: [], modules: [], others: [], ...record } }),
  })
  const python = [
    distribution('opencv-python', { modules: ['cv2'], others: ['opencv_python.libs'] }),
    distribution('google-crc32c', { modules: ['google_crc32c'], native: ['google/_crc.so'] }),
    distribution('cffi', { native: ['_cffi_backend.cpython-312-x86_64-linux-gnu.so'], modules: ['cffi'] }),
    distribution('my-pruned'),
  ] as unknown as FileFacts['python']

  it.each([
    ['cv2/cv2.abi3.so', 'pkg:pypi/opencv-python'],
    ['opencv_python.libs/libavcodec-1a2b3c4d.so.59', 'pkg:pypi/opencv-python'],
    ['google/_crc.so', 'pkg:pypi/google-crc32c'],
    ['_cffi_backend.cpython-312-x86_64-linux-gnu.so', 'pkg:pypi/cffi'],
    ['My_Pruned/_core.so', 'pkg:pypi/my-pruned'],
    ['my_pruned.libs/libz-1a2b3c4d.so', 'pkg:pypi/my-pruned'],
    ['google/other.so', undefined],
  ])('%s: %s', (path, purl) => {
    expect(ownerOf(`${site}/${path}`, { python })?.purl).toBe(purl)
  })
})

it.each([
  ['/opt/ruby/gems/3.3.0/gems/nokogiri-1.16.2-x86_64-linux-gnu/lib/nokogiri/nokogiri.so', 'pkg:gem/nokogiri'],
  ['/opt/ruby/gems/3.3.0/extensions/x86_64-linux/3.3.0/mysql2-0.5.6/mysql2/mysql2.so', 'pkg:gem/mysql2'],
  ['/opt/ruby/lib/own.so', undefined],
])('gem of %s', (path, purl) => {
  expect(ownerOf(path)?.purl).toBe(purl)
})

it('a jar is its own', () => {
  const jar = (path: string, coordinates?: string) => ({
    kind: 'jar',
    path,
    classes: [],
    natives: [],
    ...(coordinates === undefined ? {} : { coordinates }),
  })
  const java = [jar('/opt/java/lib/a.jar', 'org.x:a'), jar('/opt/java/lib/b-1.jar')] as unknown as FileFacts['java']
  expect(ownerOf('/opt/java/lib/a.jar', { java })?.purl).toBe('pkg:maven/org.x/a')
  expect(ownerOf('/opt/java/lib/b-1.jar', { java })?.purl).toBe('pkg:generic/b-1')
})
