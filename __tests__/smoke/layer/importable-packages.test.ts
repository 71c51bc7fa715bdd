import { expect, it } from 'vitest'
import { NO_FACTS } from '../../../src/inspect/fact-readers.ts'
import type { NodePackage } from '../../../src/inspect/node/node-file.ts'
import { importablePackages } from '../../../src/smoke/layer/importable-packages.ts'
import { makeSymbols } from '../../builders/elf-symbols.ts'
import { makeElf } from '../../builders/evidence.ts'
import { makeDistribution, makeLayerEvidence } from '../../builders/layer.ts'

const PYTHON = { id: 'python3.13', family: 'python' } as const

it('passes over libraries beside packages, which Python cannot import', () => {
  const elf = ['libnet.so', 'fast.so', 'old.so'].map((name) =>
    makeElf(`/opt/python/${name}`, {
      ...(name === 'old.so' ? {} : { symbols: makeSymbols({ exports: ['PyInit_fast'] }) }),
    }),
  )
  const layer = makeLayerEvidence(['python/libnet.so', 'python/fast.so', 'python/old.so'], { elf })
  // Of what was not read nobody knows.
  expect(importablePackages(layer, PYTHON)).toEqual(['fast', 'old'])
})

it('takes modules, packages, namespaces and compiled modules of Python by their names', () => {
  const layer = makeLayerEvidence([
    'python/app.py',
    'python/requests/__init__.py',
    'python/requests-2.32.3.dist-info/METADATA',
    'python/google/protobuf/message.py',
    'python/_cffi_backend.cpython-313-x86_64-linux-gnu.so',
    'python/ujson.abi3.so',
    // What tomli's compiled modules share, for another system: they load it, and nobody else does.
    'python/ddc459050edb75a05942__mypyc.cpython-313-darwin.so',
    'python/requests-stubs/__init__.py',
    'python/bin/normalizer',
    'python/numpy.libs/libx.so.1',
    'python/lib/python3.13/site-packages/deep/__init__.py',
    'python/lib/python3.12/site-packages/other/__init__.py',
  ])
  expect(importablePackages(layer, PYTHON)).toEqual(['_cffi_backend', 'app', 'deep', 'google', 'requests', 'ujson'])
  expect(importablePackages(layer, { id: 'java21', family: 'java' })).toEqual([])
})

it('imports what distributions have in a namespace, of which the import itself says nothing', () => {
  const python = [
    makeDistribution('protobuf', 'google._upb._message', 'google.protobuf', 'google.protobuf.internal'),
    makeDistribution('google-cloud-storage', 'google.cloud.storage', 'google.cloud.storage_v2'),
    makeDistribution('protos', ...['a', 'b', 'c', 'd', 'e'].map((one) => `google.api.${one}_pb2`)),
    makeDistribution('flask', 'flask', 'flask.json'),
  ]
  const files = [
    'google/protobuf/__init__.py',
    'google/cloud/storage/__init__.py',
    'google/api/a_pb2.py',
    'flask/__init__.py',
  ]
  const layer = makeLayerEvidence(
    files.map((file) => `python/${file}`),
    { facts: { ...NO_FACTS, python } },
  )
  expect(importablePackages(layer, PYTHON)).toEqual([
    'flask',
    'google.api.a_pb2',
    'google.api.b_pb2',
    'google.api.c_pb2',
    'google.api.d_pb2',
    'google.cloud.storage',
    'google.cloud.storage_v2',
    'google.protobuf',
  ])
})

it('finds the packages of a namespace by their folders when their metadata were taken out', () => {
  const files = ['sphinxcontrib/jsmath/__init__.py', 'google/cloud/storage/__init__.py', 'google/api/http_pb2.py']
  expect(importablePackages(makeLayerEvidence(files.map((file) => `python/${file}`)), PYTHON)).toEqual([
    'google.cloud.storage',
    'sphinxcontrib.jsmath',
  ])
})

it.each<[why: string, facts: Partial<NodePackage>, isTried: boolean]>([
  ['a main file', { main: 'a.js' }, true],
  ['parts only', { exports: { './package.json': './package.json' }, main: 'a.js' }, false],
  ['parts and itself', { exports: { '.': './a.js', './b': './b.js' } }, true],
  ['itself by conditions', { exports: { import: './a.mjs' } }, true],
  ['itself as one file', { exports: './a.js' }, true],
  ['nothing', { exports: {} }, false],
  ['no way in', {}, false],
  ['types', { main: 'a.js', typesOnly: true }, false],
])('requires a package that exports %s', (_, facts, isTried) => {
  const one: NodePackage = { kind: 'package', path: '/opt/nodejs/node_modules/one/package.json', name: 'one', ...facts }
  const layer = makeLayerEvidence(['nodejs/node_modules/one/package.json'], { facts: { ...NO_FACTS, node: [one] } })
  expect(importablePackages(layer, { id: 'nodejs22.x', family: 'nodejs' })).toEqual(isTried ? ['one'] : [])
})

it.each([
  ['was never published, beside its commands', { prisma: 'build/index.js' }, 'index.js', false],
  ['is there', { prisma: 'build/index.js' }, 'types.js', true],
  ['got lost, where no command says that it was never there', undefined, 'index.js', true],
])('requires no package whose file for that %s', (_, commands, file, isTried) => {
  const exports = { '.': { require: { default: './build/types.js' }, default: './build/types.js' } }
  const path = '/opt/nodejs/node_modules/prisma/package.json'
  const one: NodePackage = { kind: 'package', path, name: 'prisma', exports, ...(commands && { commands }) }
  const files = ['package.json', 'build/index.js', `build/${file}`].map((name) => `nodejs/node_modules/prisma/${name}`)
  const layer = makeLayerEvidence([...new Set(files)], { facts: { ...NO_FACTS, node: [one] } })
  expect(importablePackages(layer, { id: 'nodejs22.x', family: 'nodejs' })).toEqual(isTried ? ['prisma'] : [])
})
