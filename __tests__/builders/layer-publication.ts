import type { LayerPublishPlan } from '../../src/plan/plan.ts'
import type { LayerApi, LayerVersion } from '../../src/ports/layer-api.ts'
import type { S3 } from '../../src/ports/s3.ts'

export const LAYER_ARN = 'arn:aws:lambda:eu-west-1:123456789012:layer:shop'

export function makeLayerPublishPlan(overrides: Partial<LayerPublishPlan> = {}): LayerPublishPlan {
  return {
    layerName: 'shop',
    region: 'eu-west-1',
    account: '123456789012',
    description: 'What shops need',
    runtimes: ['python3.13'],
    architectures: ['x86_64'],
    shareWith: [],
    waitTimeout: 60,
    ...overrides,
  }
}

/** Version 3 of the plan's layer, with its metadata. */
export function makeLayerVersion(overrides: Partial<LayerVersion> = {}): LayerVersion {
  return {
    arn: `${LAYER_ARN}:3`,
    version: 3,
    description: 'What shops need',
    licenseInfo: '',
    runtimes: ['python3.13'],
    architectures: ['x86_64'],
    ...overrides,
  }
}

/** Layers of which only the given methods are there. */
export function fakeLayers(methods: Partial<LayerApi>): LayerApi {
  const missing = (name: keyof LayerApi) => () => Promise.reject(new Error(`layers.${name} is not implemented`))
  return {
    newestVersion: missing('newestVersion'),
    content: missing('content'),
    publish: missing('publish'),
    policy: missing('policy'),
    grant: missing('grant'),
    ...methods,
  }
}

/** A bucket whose objects are kept in memory. */
export function fakeS3(methods: Partial<S3> = {}): S3 & { readonly keys: Set<string> } {
  const keys = new Set<string>()
  return {
    keys,
    bucketRegion: async () => 'eu-west-1',
    put: async ({ key }) => {
      keys.add(key)
    },
    remove: async ({ key }) => {
      keys.delete(key)
    },
    ...methods,
  }
}

/** A policy of these statements, as AWS writes it. */
export function policyText(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })
}

/** The statement of one account. */
export function accountStatement(account: string, Sid = `lambda-parity-${account}`) {
  const Principal = { AWS: `arn:aws:iam::${account}:root` }
  return { Sid, Effect: 'Allow', Principal, Action: 'lambda:GetLayerVersion', Resource: `${LAYER_ARN}:3` }
}
