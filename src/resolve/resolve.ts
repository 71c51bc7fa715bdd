import type { Context } from '../context.ts'
import { ActionError } from '../errors.ts'
import { type InputProblem, invalidInputs } from '../inputs/problem.ts'
import type { InputName, Inputs, InputsRead } from '../inputs/read-inputs.ts'
import { conflicts, publishes } from '../plan/conflicts.ts'
import { regionOf, targetRepository, unqualifiedFunction } from '../plan/target.ts'
import type { Credentials } from '../ports/credentials.ts'
import type { Files } from '../ports/files.ts'
import type { LambdaApi } from '../ports/lambda-api.ts'
import type { S3 } from '../ports/s3.ts'
import type { Sts } from '../ports/sts.ts'
import { deployedBaseline, readBaseline } from './baseline.ts'
import type { Found } from './found.ts'
import { readLocalFiles } from './local-files.ts'
import { reportInLayer } from './report-in-layer.ts'

export type ResolvePorts = {
  readonly files: Files
  readonly credentials: Credentials
  /** Clients of one region; called only when credentials are there. */
  readonly lambda: (region: string) => Pick<LambdaApi, 'getFunctionConfiguration' | 'getFunction'>
  readonly sts: (region: string) => Sts
  readonly s3: (region: string) => Pick<S3, 'bucketRegion'>
}

/**
 * Read-only look-ups that a plan needs. Rejects with invalid-input, every wrong input at once and before AWS is asked,
 * and with access-denied when credentials that publishing needs are refused.
 */
export async function resolve(read: InputsRead, context: Context, ports: ResolvePorts): Promise<Found> {
  const [{ local, problems }, baseline, inLayer, credentials] = await Promise.all([
    readLocalFiles(read.inputs, ports.files, { buildable: read.template?.read.unavailable === undefined }),
    readBaseline(read.inputs, ports.files),
    reportInLayer(read.inputs, context, ports.files),
    findCredentials(read.inputs, ports),
  ])
  const conflicting = conflicts(read.inputs, context, credentials, read.template?.supplied)
  const named = new Set(read.problems.map(({ input }) => input))
  // What is wrong with an input is said once: a value that was refused is not missing as well.
  const others = [
    ...problems,
    ...baseline.problems,
    ...(inLayer === undefined ? [] : [inLayer]),
    ...conflicting.problems,
    ...unpublishable(read, credentials),
  ].filter(({ input }) => !named.has(input) && !isUnsettled(input, read))
  const wrong = [...read.problems, ...others]
  if (wrong.length > 0) throw invalidInputs(wrong)
  const aws = await askAws(read.inputs, context, credentials, ports)
  const compared = baseline.baseline ?? aws.baseline
  return {
    ...local,
    ...aws,
    ...(compared && { baseline: compared }),
    ...(read.template && { template: read.template }),
    warnings: [...read.warnings, ...conflicting.warnings, ...aws.warnings],
  }
}

/** What of the template is only wrong when something is published. */
function unpublishable({ inputs, template }: InputsRead, credentials: Found['credentials']): readonly InputProblem[] {
  return publishes(inputs, credentials) ? (template?.read.problemsIfPublished ?? []) : []
}

const NEVER_SUPPLIED: readonly string[] = ['aws-region', 'function-name', 'publish'] satisfies readonly InputName[]

/** Whether a template that has problems of its own might have supplied the input: that it is missing then says nothing. */
function isUnsettled(input: string, { inputs, template }: InputsRead): boolean {
  if (template === undefined || template.read.problems.length === 0) return false
  const isGiven = inputs[input as InputName] !== undefined && !template.supplied.has(input as InputName)
  return !isGiven && !NEVER_SUPPLIED.includes(input)
}

type FoundInAws = Pick<Found, 'credentials' | 'account' | 'function' | 'bucketRegion' | 'baseline' | 'warnings'>

/** Looked for only where something could be done with them. */
async function findCredentials(inputs: Inputs, ports: ResolvePorts): Promise<Found['credentials']> {
  if (inputs.publish === 'never' && unqualifiedFunction(inputs) === undefined) return 'none'
  return await ports.credentials.find({ askInstanceMetadata: inputs.publish === 'always' })
}

async function askAws(
  inputs: Inputs,
  context: Context,
  credentials: Found['credentials'],
  ports: ResolvePorts,
): Promise<FoundInAws> {
  const name = unqualifiedFunction(inputs)
  const region = regionOf(inputs, context)
  if (credentials === 'none' || region === undefined) {
    const unknown = await deployedBaseline(inputs, undefined)
    return { credentials, ...(unknown && { baseline: unknown }), warnings: [] }
  }
  const target = inputs.kind === 'layer' ? inputs['layer-name'] : targetRepository(inputs)
  const publishes = inputs.publish !== 'never' && target !== undefined
  const [account, found, deployed, bucket] = await Promise.all([
    publishes ? callerAccount(ports.sts(region)) : { warnings: [] },
    name === undefined ? { warnings: [] } : functionConfiguration(ports.lambda(region), name),
    deployedBaseline(inputs, ports.lambda(region)),
    publishes && inputs.kind === 'layer' ? bucketRegion(inputs, ports.s3(region)) : { warnings: [] },
  ])
  const baseline = deployed && { baseline: deployed }
  const warnings = [...account.warnings, ...found.warnings, ...bucket.warnings]
  return { credentials, ...account, ...found, ...bucket, ...baseline, warnings }
}

/** A bucket may be needed only one day, when the layer has grown: whether it can be used is said today. */
async function bucketRegion(
  { 's3-bucket': bucket }: Inputs,
  s3: Pick<S3, 'bucketRegion'>,
): Promise<Pick<Found, 'bucketRegion' | 'warnings'>> {
  if (bucket === undefined) return { warnings: [] }
  const region = await s3.bucketRegion(bucket)
  if (region === 'missing') return { warnings: [`There seems to be no bucket ${bucket} (\`s3-bucket\`).`] }
  return region === 'unknown' ? { warnings: [] } : { bucketRegion: region, warnings: [] }
}

/** Credentials that AWS refuses end the run here, not after the build; that STS cannot be reached does not matter yet. */
async function callerAccount(sts: Sts): Promise<Pick<Found, 'account' | 'warnings'>> {
  try {
    return { account: (await sts.callerIdentity()).account, warnings: [] }
  } catch (error) {
    if (error instanceof ActionError && error.code !== 'access-denied' && error.code !== 'cancelled') {
      return { warnings: [`Who calls AWS could not be asked: ${error.message}`] }
    }
    throw error
  }
}

/** What is not told has defaults: the function's configuration is no precondition of a build. */
async function functionConfiguration(
  lambda: Pick<LambdaApi, 'getFunctionConfiguration'>,
  name: string,
): Promise<Pick<Found, 'function' | 'warnings'>> {
  try {
    return { function: (await lambda.getFunctionConfiguration(name)) ?? 'none', warnings: [] }
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'cancelled') throw error
    const effect = 'defaults stand in for its memory size and timeout, and its architecture is not compared yet'
    return { warnings: [`The configuration of ${name} could not be read, so ${effect}: ${error.message}`] }
  }
}
