export type LayerVersionArn = {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string
  readonly region: string
  readonly account: string
  readonly name: string
  readonly version: number
  /** ARN of the layer, without the version. */
  readonly layer: string
}

const ARN = /^(arn:(aws[a-zA-Z-]*):lambda:([a-z0-9-]+):(\d{12}):layer:([a-zA-Z0-9-_]+)):(\d+)$/

/** Parts of a layer version's ARN in any partition; `undefined` when it is none. */
export function parseLayerVersionArn(arn: string): LayerVersionArn | undefined {
  const [, layer, partition, region, account, name, version] = ARN.exec(arn) ?? []
  if (layer === undefined || partition === undefined || region === undefined) return undefined
  if (account === undefined || name === undefined) return undefined
  return { layer, partition, region, account, name, version: Number(version) }
}
