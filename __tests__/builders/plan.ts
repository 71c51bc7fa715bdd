import { samBuildImage } from '../../src/lambda/build-images.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import type { ImagePlan, LayerPlan } from '../../src/plan/plan.ts'
import { makeBuildSource } from '../build/build-source.ts'

/** Build an x86_64 nodejs22.x image, check it, and stop there: no smoke, nothing published. */
export function makePlan(overrides?: Partial<ImagePlan>): ImagePlan
/** The same for a layer. */
export function makePlan(overrides: Partial<LayerPlan> & { readonly kind: 'layer' }): LayerPlan
export function makePlan(overrides: Partial<ImagePlan> | Partial<LayerPlan> = {}): ImagePlan | LayerPlan {
  return overrides.kind === 'layer' ? makeLayerPlan(overrides) : makeImagePlan(overrides as Partial<ImagePlan>)
}

function makeImagePlan(overrides: Partial<ImagePlan>): ImagePlan {
  const runtime = findRuntime('nodejs22.x')
  return {
    kind: 'image',
    name: 'get-customer',
    architecture: 'x86_64',
    ...(runtime === undefined ? {} : { runtime }),
    source: makeBuildSource(),
    runtimeImage: { from: 'derived', reference: 'public.ecr.aws/lambda/nodejs:22', because: 'runtime nodejs22.x' },
    check: { failOn: 'error', ignore: [] },
    smoke: { skipped: 'smoke: false' },
    publish: { skipped: 'publish: never' },
    deploy: { skipped: 'no function-name' },
    verify: { skipped: 'verify-invoke: false' },
    dryRun: false,
    report: { directory: '/tmp/lambda-parity', comment: { skipped: 'comment: false' } },
    table: {},
    warnings: [],
    ...overrides,
  }
}

function makeLayerPlan(overrides: Partial<LayerPlan>): LayerPlan {
  const { runtime = findRuntime('nodejs22.x') } = overrides
  if (runtime === undefined) throw new Error('no row of nodejs22.x')
  return {
    kind: 'layer',
    name: 'dependencies',
    architecture: 'x86_64',
    runtime,
    source: { from: 'path', path: 'layer' },
    runtimes: [{ runtime, image: { from: 'derived', reference: runtime.baseImage, because: 'runtime' } }],
    buildImage: { from: 'derived', reference: samBuildImage(runtime, 'x86_64'), because: 'runtime' },
    check: { failOn: 'error', ignore: [] },
    smoke: { skipped: 'smoke: false' },
    publish: { skipped: 'publish: never' },
    deploy: { skipped: 'no function-name' },
    verify: { skipped: 'verify-invoke: false' },
    dryRun: false,
    report: { directory: '/tmp/lambda-parity', comment: { skipped: 'comment: false' } },
    table: {},
    warnings: [],
    ...overrides,
  }
}
