import { randomBytes } from 'node:crypto'
import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import { close, listen } from '../http/loopback-server.ts'
import { Archives } from './archives.ts'
import type { Call } from './calls.ts'
import { controlApi } from './control-api.ts'
import { dataPlane } from './ecr/data-plane.ts'
import { LayerPool } from './ecr/layer-pool.ts'
import { ecrOperations } from './ecr/operations.ts'
import { registryClient, type Upstream } from './ecr/registry-client.ts'
import { Repositories } from './ecr/repository.ts'
import { Tokens } from './ecr/tokens.ts'
import { awsEndpoint } from './endpoint.ts'
import { type Fault, Faults } from './faults.ts'
import { dockerRuntime } from './lambda/docker-runtime.ts'
import { Functions } from './lambda/functions.ts'
import type { Runtime } from './lambda/invoke.ts'
import { Layers } from './lambda/layer-store.ts'
import { lambdaOperations } from './lambda/operations.ts'
import { resourceArn } from './resource-arn.ts'
import { type Bucket, Buckets } from './s3/buckets.ts'
import { s3Operations } from './s3/operations.ts'
import { stsOperations } from './sts.ts'

export type AwsOptions = {
  /** The OCI registry that stores what is pushed to ECR. */
  readonly registry: Upstream
  /** @default an unused port of 127.0.0.1 */
  readonly port?: number
  /** Port of ECR's data plane, which `repositoryUri` names. @default an unused port of 127.0.0.1 */
  readonly registryPort?: number
  /** @default '123456789012' */
  readonly accountId?: string
  /** @default 'eu-central-1' */
  readonly region?: string
  /** When given, any other access key is refused as unknown. */
  readonly accessKeyId?: string
  /** Reads that show a new function as Pending. @default 2 */
  readonly pollsUntilActive?: number
  /** Reads that show an update as InProgress. @default 2 */
  readonly pollsUntilUpdated?: number
  /** The runtime interface emulator that Invoke runs a deployed image under; without it Invoke answers 500. */
  readonly riePath?: string
  /** `DOCKER_HOST` of the engine for Invoke, when it is not the default one. */
  readonly dockerHost?: string
  /** The image that stands for a runtime identifier (`python3.11`) when a Zip function is invoked; without it Invoke answers 500. */
  readonly runtimeImage?: (runtime: string) => Promise<string>
  /** Runs functions instead of Docker and the emulator. */
  readonly runtime?: Runtime
}

export type AwsStandIn = {
  /** Value for `AWS_ENDPOINT_URL`. */
  readonly endpoint: string
  /** Host and port in every `repositoryUri`, e.g. for `docker login`. */
  readonly registryHost: string
  readonly accountId: string
  readonly region: string
  /** Every request so far, in order; may be emptied (`calls.length = 0`). */
  readonly calls: Call[]
  script(fault: Fault): void
  clearFaults(): void
  /** Operations (`service:Operation`) that a `delay` holds at this moment. */
  delayed(): readonly string[]
  /** Ends every ECR token handed out so far. */
  expireTokens(): void
  /** The configuration as it is now, without counting as a poll. */
  functionState(name: string): FunctionConfiguration | undefined
  /** Version by alias. */
  aliases(functionName: string): Readonly<Record<string, string>>
  repositoryPolicy(name: string): string | undefined
  /** A bucket of any region and account, made or found. @default the stand-in's own */
  bucket(name: string, place?: { readonly region?: string; readonly owner?: string }): Bucket
  stop(): Promise<void>
}

/** Starts ECR (control and data plane), Lambda, S3 and STS of one account and region on the loopback interface. */
export async function startAws(options: AwsOptions): Promise<AwsStandIn> {
  const { accountId = '123456789012', region = 'eu-central-1', registry: upstream } = options
  const faults = new Faults()
  const calls: Call[] = []
  const record = (call: Call) => calls.push(call)
  const repositories = new Repositories(accountId)
  const functions = new Functions({ accountId, region }, faults)
  const layers = new Layers({ accountId, region })
  const archives = new Archives()
  const buckets = new Buckets(region)
  const tokens = new Tokens()
  const storage = { ...upstream, namespace: `ecr-${randomBytes(6).toString('hex')}` }
  const registry = registryClient(storage)

  const plane = dataPlane({
    storage,
    layers: new LayerPool(storage, registry),
    registry,
    repositories,
    tokens,
    faults,
    record,
  })
  const registryHost = await listen(plane, options.registryPort)
  const runtime = options.runtime ?? (await emulator(options, registryHost))
  const images = { registryHost, registry, repositories }
  const api = awsEndpoint({
    services: {
      ecr: ecrOperations({ repositories, registry, registryHost, region, tokens }),
      lambda: lambdaOperations({
        ...{ functions, layers, archives, buckets, faults, images, runtime },
        pollsUntilActive: options.pollsUntilActive ?? 2,
        pollsUntilUpdated: options.pollsUntilUpdated ?? 2,
      }),
      s3: s3Operations(buckets, accountId),
      sts: stsOperations(accountId),
    },
    resource: (request) => resourceArn(request, { repositories, functions, layers }),
    ...{ faults, record, archives },
    ...(options.accessKeyId !== undefined && { accessKeyId: options.accessKeyId }),
    control: controlApi({
      faults,
      calls,
      state: () => state({ repositories, functions, layers, buckets }),
      expireTokens: () => tokens.expireAll(),
    }),
  })
  const endpoint = `http://${await listen(api, options.port)}`
  archives.at(endpoint)

  return {
    ...{ endpoint, registryHost, accountId, region, calls },
    script: (fault) => faults.script(fault),
    clearFaults: () => faults.clear(),
    delayed: () => faults.delayed(),
    expireTokens: () => tokens.expireAll(),
    functionState: (name) => functions.all().find((candidate) => candidate.name === name)?.latest.configuration,
    aliases: (name) => {
      const all = functions.all().find((candidate) => candidate.name === name)?.aliases ?? new Map()
      return Object.fromEntries([...all].map(([alias, { FunctionVersion }]) => [alias, FunctionVersion ?? '']))
    },
    repositoryPolicy: (name) => repositories.find(name)?.policyText,
    bucket: (name, place = {}) => buckets.find(name) ?? buckets.create({ name, owner: accountId, ...place }),
    async stop() {
      await Promise.all([close(api), close(plane)])
      await runtime?.close()
    },
  }
}

async function emulator(options: AwsOptions, registryHost: string): Promise<Runtime | undefined> {
  const { riePath, dockerHost, runtimeImage, registry: upstream } = options
  if (riePath === undefined) return undefined
  return dockerRuntime({
    ...{ registryHost, upstream, riePath },
    ...(dockerHost !== undefined && { dockerHost }),
    ...(runtimeImage !== undefined && { runtimeImage }),
  })
}

type Everything = {
  readonly repositories: Repositories
  readonly functions: Functions
  readonly layers: Layers
  readonly buckets: Buckets
}

function state({ repositories, functions, layers, buckets }: Everything): object {
  return {
    repositories: repositories.all().map(({ description, policyText }) => ({ ...description, policyText })),
    functions: functions.all().map(({ latest, versions, aliases }) => ({
      configuration: latest.configuration,
      code: latest.code.packageType === 'Zip' ? { packageType: 'Zip' } : latest.code,
      versions: versions.map(({ configuration }) => configuration),
      aliases: [...aliases.values()],
    })),
    layers: layers.all().map(({ name, arn, versions }) => ({
      name,
      arn,
      versions: versions.map(({ item, policy }) => ({ ...item, policy: policy?.statements })),
    })),
    buckets: buckets.all().map(({ objects, ...bucket }) => ({ ...bucket, keys: [...objects.keys()] })),
  }
}
