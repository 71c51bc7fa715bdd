import type { Context } from '../context.ts'
import { noFunction } from '../deploy/attach/attach-layer.ts'
import { type AttachableLayer, layerMismatch } from '../deploy/attach/layer-mismatch.ts'
import { parseFunctionName } from '../inputs/aws-names.ts'
import { invalidInputs } from '../inputs/problem.ts'
import type { Found } from '../resolve/found.ts'
import { REGION_NEEDED } from './conflicts.ts'
import { LAYER_NAME_NEEDED } from './layer-target.ts'
import { type AttachPlan, isSkipped, type LayerPublishPlan, type Skipped } from './plan.ts'
import { unpublished } from './publish-plan.ts'
import type { Values } from './values.ts'

/** Whether the layer is published, and as what. Throws no-credentials, or invalid-input for what only matters when it is. */
export function layerPublishPlan(values: Values, context: Context, found: Found): LayerPublishPlan | Skipped {
  const skipped = unpublished(values, context, found)
  if (skipped !== undefined) return skipped
  const name = values['layer-name']
  const region = values['aws-region']
  if (name === undefined && values['function-name'] === undefined) return { skipped: 'no `layer-name` is given' }
  if (name === undefined || region === undefined) {
    throw invalidInputs([
      ...(name === undefined ? [LAYER_NAME_NEEDED] : []),
      ...(region === undefined ? [REGION_NEEDED] : []),
    ])
  }
  refuseFarBucket(values, found, region.value)
  const { 'license-info': licence, 's3-bucket': bucket, 's3-prefix': prefix } = values
  return {
    layerName: name.value,
    region: region.value,
    ...(found.account === undefined ? {} : { account: found.account }),
    description: values['layer-description']?.value ?? '',
    ...(licence === undefined ? {} : { licenseInfo: licence.value }),
    runtimes: (values['compatible-runtimes']?.value ?? []).map(({ id }) => id),
    architectures: values['compatible-architectures']?.value ?? [],
    ...(bucket === undefined ? {} : { bucket: bucket.value }),
    ...(prefix === undefined ? {} : { prefix: prefix.value }),
    shareWith: values['share-with']?.value ?? [],
    waitTimeout: values['wait-timeout'].value,
  }
}

/** Whether a function gets the version. Throws function-not-found, package-type-mismatch or invalid-input before anything is built. */
export function attachPlan(values: Values, found: Found, publish: LayerPublishPlan | Skipped): AttachPlan | Skipped {
  const named = parseFunctionName(values['function-name']?.value ?? '')
  if (named === undefined) return { skipped: 'no `function-name` is given' }
  if (isSkipped(publish)) return { skipped: `nothing is published: ${publish.skipped}` }
  if (found.function === 'none') throw noFunction(named.unqualified, publish.region)
  const mismatch = found.function && layerMismatch(found.function, attachableLayer(publish))
  if (mismatch !== undefined) throw mismatch
  const { alias } = values
  return {
    functionName: named.unqualified,
    region: publish.region,
    publishVersion: values['publish-version'].value,
    ...(alias === undefined ? {} : { alias: alias.value }),
    waitTimeout: values['wait-timeout'].value,
  }
}

/** What a function must fit. */
export function attachableLayer({ layerName, runtimes, architectures }: LayerPublishPlan): AttachableLayer {
  return { name: layerName.split(':').at(-1) ?? layerName, runtimes, architectures }
}

/** A bucket elsewhere can never be used, so it is said before anything is built; what S3 did not tell shows at the upload. */
function refuseFarBucket(values: Values, { bucketRegion }: Found, region: string): void {
  const bucket = values['s3-bucket']?.value
  if (bucket === undefined || bucketRegion === undefined || bucketRegion === region) return
  const why = `The bucket is in ${bucketRegion}, the run in ${region}, and Lambda takes zips of its own region only. Give a bucket of ${region}.`
  throw invalidInputs([{ input: 's3-bucket', value: bucket, why }])
}
