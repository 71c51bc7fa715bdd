import { expect, it } from 'vitest'
import { NO_FACTS } from '../../../src/inspect/fact-readers.ts'
import type { NodePackage } from '../../../src/inspect/node/node-file.ts'
import { readRequirement } from '../../../src/inspect/python/requirement.ts'
import { dependents } from '../../../src/smoke/layer/dependents.ts'
import { makeLayerEvidence } from '../../builders/layer.ts'

const installed = (name: string, dependencies: readonly string[] = []): NodePackage => ({
  kind: 'package',
  path: `/opt/nodejs/node_modules/${name}/package.json`,
  name,
  dependencies,
})

it('names who requires an npm package, unless the layer asks for it itself', () => {
  const node: readonly NodePackage[] = [
    { kind: 'package', path: '/opt/nodejs/package.json', name: 'layer', dependencies: ['prebuild-install', 'rc'] },
    installed('prebuild-install', ['napi-build-utils', 'rc']),
    installed('napi-build-utils'),
    installed('@scope/a', ['napi-build-utils']),
    installed('rc'),
  ]
  expect(dependents(makeLayerEvidence([], { facts: { ...NO_FACTS, node } }))).toEqual(
    new Map([['napi-build-utils', ['prebuild-install', '@scope/a']]]),
  )
})

it('names who requires a Python module, also for an extra, unless pip marked it as requested and not everything', () => {
  const distribution = (name: string, modules: readonly string[], requires: readonly string[] = []) => ({
    kind: 'distribution' as const,
    path: `/opt/python/${name}-1.dist-info`,
    name,
    version: '1',
    requires: requires.flatMap((line) => readRequirement(line) ?? []),
    record: { files: 1, native: [], modules, others: [] },
  })
  const python = [
    distribution(
      'requests',
      ['requests', 'requests.api'],
      ['charset_normalizer<4,>=2', 'idna', 'pysocks; extra == "socks"'],
    ),
    distribution('charset-normalizer', ['charset_normalizer', 'charset_normalizer.md']),
    distribution('idna', ['idna']),
    distribution('pysocks', ['socks'], ['requests; extra == "dev"']),
  ]
  const layer = makeLayerEvidence(['python/idna-1.dist-info/REQUESTED'], { facts: { ...NO_FACTS, python } })
  const others = [
    ['charset_normalizer', ['requests']],
    ['socks', ['requests']],
  ] as const
  expect(dependents(layer)).toEqual(new Map(others))
  const marks = python.map(({ path }) => `${path.slice('/opt/'.length)}/REQUESTED`)
  const byUv = makeLayerEvidence(marks, { facts: { ...NO_FACTS, python } })
  expect(dependents(byUv)).toEqual(new Map([...others, ['idna', ['requests']]]))
})
