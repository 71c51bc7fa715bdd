import { createHash } from 'node:crypto'
import { MEDIA_TYPES } from '../../src/build/manifest-facts.ts'
import type { DeployPlan, PublishPlan } from '../../src/plan/plan.ts'
import type { Ecr, Repository, StoredImage } from '../../src/ports/ecr.ts'
import type { FunctionConfiguration, LambdaApi, LambdaFunction } from '../../src/ports/lambda-api.ts'
import type { ImagePublication } from '../../src/report/report.ts'

const REPOSITORY_URI = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/get-customer'
const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:get-customer'

/** A digest of one repeated hex digit. */
export function digestOf(digit: string): string {
  return `sha256:${digit.repeat(64)}`
}

export function makeRepository(overrides: Partial<Repository> = {}): Repository {
  return {
    name: 'get-customer',
    registryId: '123456789012',
    arn: 'arn:aws:ecr:eu-west-1:123456789012:repository/get-customer',
    uri: REPOSITORY_URI,
    tagMutability: 'IMMUTABLE',
    mutabilityExclusions: [],
    ...overrides,
  }
}

/** A stored Docker manifest of one gzip layer, its digest that of its bytes. */
export function makeStoredImage(
  parts: {
    readonly configDigest?: string
    readonly tag?: string
    readonly layerType?: string
    readonly document?: object
  } = {},
): StoredImage {
  const document = parts.document ?? {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.dockerManifest,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      digest: parts.configDigest ?? digestOf('c'),
    },
    layers: [
      {
        mediaType: parts.layerType ?? 'application/vnd.docker.image.rootfs.diff.tar.gzip',
        digest: digestOf('1'),
        size: 100,
      },
    ],
  }
  const manifest = JSON.stringify(document)
  return {
    digest: `sha256:${createHash('sha256').update(manifest).digest('hex')}`,
    ...(parts.tag === undefined ? {} : { tag: parts.tag }),
    mediaType: Reflect.get(document, 'mediaType') ?? MEDIA_TYPES.dockerManifest,
    manifest,
  }
}

export function makePublishPlan(overrides: Partial<PublishPlan> = {}): PublishPlan {
  return {
    repository: 'get-customer',
    region: 'eu-west-1',
    createRepository: false,
    tags: ['sha-a1b2c3d4e5f6'],
    shareWith: [],
    ...overrides,
  }
}

export function makeDeployPlan(overrides: Partial<DeployPlan> = {}): DeployPlan {
  return {
    functionName: 'get-customer',
    region: 'eu-west-1',
    action: 'update',
    publishVersion: false,
    waitTimeout: 600,
    ...overrides,
  }
}

export function makePublication(overrides: Partial<ImagePublication> = {}): ImagePublication {
  return {
    repositoryUri: REPOSITORY_URI,
    digest: digestOf('d'),
    mediaType: MEDIA_TYPES.dockerManifest,
    tags: ['sha-a1b2c3d4e5f6'],
    reused: false,
    ...overrides,
  }
}

/** An x86_64 image function that runs another image, ready. */
export function makeFunction(overrides: Partial<LambdaFunction> = {}): LambdaFunction {
  return {
    functionArn: FUNCTION_ARN,
    packageType: 'Image',
    architectures: ['x86_64'],
    codeSha256: 'e'.repeat(64),
    revisionId: 'revision-1',
    version: '$LATEST',
    state: 'Active',
    lastUpdateStatus: 'Successful',
    imageUri: `${REPOSITORY_URI}:old`,
    resolvedImageUri: `${REPOSITORY_URI}@${digestOf('e')}`,
    ...overrides,
  }
}

/** The same, as a poll shows it once it has the image of `makePublication`. */
export function makeConfiguration(overrides: Partial<FunctionConfiguration> = {}): FunctionConfiguration {
  const {
    imageUri: _given,
    resolvedImageUri: _resolved,
    ...configuration
  } = makeFunction({ codeSha256: 'd'.repeat(64) })
  return { ...configuration, ...overrides }
}

/** ECR of which only the given methods are there. */
export function fakeEcr(methods: Partial<Ecr>): Ecr {
  const missing = (name: keyof Ecr) => () => Promise.reject(new Error(`ecr.${name} is not implemented`))
  return {
    repository: missing('repository'),
    createRepository: missing('createRepository'),
    images: missing('images'),
    putTag: missing('putTag'),
    policy: missing('policy'),
    setPolicy: missing('setPolicy'),
    lifecyclePolicy: missing('lifecyclePolicy'),
    login: missing('login'),
    ...methods,
  }
}

/** Lambda of which only the given methods are there. */
export function fakeLambda(methods: Partial<LambdaApi>): LambdaApi {
  const missing = (name: keyof LambdaApi) => () => Promise.reject(new Error(`lambda.${name} is not implemented`))
  return {
    getFunction: missing('getFunction'),
    getFunctionConfiguration: missing('getFunctionConfiguration'),
    updateFunctionCode: missing('updateFunctionCode'),
    setLayers: missing('setLayers'),
    functions: missing('functions'),
    createFunction: missing('createFunction'),
    publishVersion: missing('publishVersion'),
    alias: missing('alias'),
    createAlias: missing('createAlias'),
    updateAlias: missing('updateAlias'),
    ...methods,
  }
}

/** Gives the answers one after the other, the last one again and again; errors are thrown. */
export function inTurn<T>(...answers: readonly (T | Error)[]): () => Promise<T> {
  let next = 0
  return async () => {
    const answer = answers[Math.min(next, answers.length - 1)]
    next += 1
    if (answer instanceof Error) throw answer
    return answer as T
  }
}
