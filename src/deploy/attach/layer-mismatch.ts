import { ActionError } from '../../errors.ts'
import { quota } from '../../lambda/quotas.ts'
import type { FunctionConfiguration } from '../../ports/lambda-api.ts'
import { parseLayerVersionArn } from '../../publish/layer/layer-arn.ts'

/** A layer as it is to be attached. `name`: without ARN and version. */
export type AttachableLayer = {
  readonly name: string
  readonly runtimes: readonly string[]
  readonly architectures: readonly string[]
}

/** Why this function cannot have the layer; asked when the run is planned and again before the version is published. */
export function layerMismatch(found: FunctionConfiguration, layer: AttachableLayer): ActionError | undefined {
  const { functionArn, packageType, architectures, runtime } = found
  if (packageType !== 'Zip') {
    return new ActionError(
      'package-type-mismatch',
      `${functionArn} is made of an image, and Lambda layers are not supported for functions created with container images.`,
      { help: 'Copy the content of the layer into the image, to /opt (COPY … /opt), and publish the image instead.' },
    )
  }
  if (!architectures.every((one) => layer.architectures.includes(one))) {
    return incompatible(functionArn, 'architecture', architectures.join(', '), layer.architectures)
  }
  if (runtime !== undefined && !layer.runtimes.includes(runtime)) {
    return incompatible(functionArn, 'runtime', runtime, layer.runtimes)
  }
  return tooMany(found, layer.name)
}

function incompatible(functionArn: string, what: 'architecture' | 'runtime', has: string, accepted: readonly string[]) {
  const input = `compatible-${what}s`
  const names = accepted.join(', ')
  return new ActionError(
    'invalid-input',
    `${functionArn} has the ${what} ${has}, and the layer is for ${names} (input ${input}).`,
    {
      help: `Lambda attaches such a layer without a word, and what is native in it does not load. Build the layer for ${has} and add it to ${input}, or name another function.`,
    },
  )
}

/** Its own versions do not count: this one takes their place. */
function tooMany({ functionArn, layers = [] }: FunctionConfiguration, name: string): ActionError | undefined {
  const others = layers.filter((arn) => parseLayerVersionArn(arn)?.name !== name)
  const most = quota('layers').value
  if (others.length < most) return undefined
  return new ActionError(
    'invalid-input',
    `${functionArn} has ${others.length} layers already, and a function takes ${most} at most: ${others.join(', ')}.`,
    { help: 'Take one off, or merge two layers into one; later layers lie over earlier ones under /opt.' },
  )
}
