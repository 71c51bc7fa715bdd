import { expect, it } from 'vitest'
import type { LayerPublishPlan } from '../../../src/plan/plan.ts'
import type { LayerVersion } from '../../../src/ports/layer-api.ts'
import { hasMetadata } from '../../../src/publish/layer/reusable-version.ts'
import { makeLayerPublishPlan, makeLayerVersion } from '../../builders/layer-publication.ts'

const MARKED = 'What shops need [content:0123456789abcdef]'

it.each([
  ['the same', {}, {}, true],
  ['the same behind a mark', { description: MARKED }, {}, true],
  ['a mark that was asked for', { description: MARKED }, { description: MARKED }, true],
  ['another description', { description: 'Other' }, {}, false],
  ['a licence less', {}, { licenseInfo: 'MIT' }, false],
  ['a licence more', { licenseInfo: 'MIT' }, {}, false],
  ['runtimes in another order', { runtimes: ['b', 'a'] }, { runtimes: ['a', 'b'] }, true],
  ['a runtime more', { runtimes: ['python3.13', 'python3.12'] }, {}, false],
  ['another architecture', { architectures: ['arm64'] }, {}, false],
] satisfies [string, Partial<LayerVersion>, Partial<LayerPublishPlan>, boolean][])('%s', (_, version, plan, same) => {
  expect(hasMetadata(makeLayerVersion(version), makeLayerPublishPlan(plan))).toBe(same)
})
