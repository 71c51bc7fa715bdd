import { parseLayerVersionArn } from '../../publish/layer/layer-arn.ts'

/** ARN of a layer, without the version. */
export function layerOf(layerVersionArn: string): string {
  return parseLayerVersionArn(layerVersionArn)?.layer ?? layerVersionArn
}

/**
 * The function's layers with this version: in the place of the version it had, else behind the others, whose order is kept.
 * Where two versions of it stand, which Lambda does not allow, one is left.
 */
export function withLayer(layers: readonly string[], layerVersionArn: string): readonly string[] {
  const isSame = (arn: string) => layerOf(arn) === layerOf(layerVersionArn)
  const place = layers.findIndex(isSame)
  if (place === -1) return [...layers, layerVersionArn]
  return layers.flatMap((arn, index) => (index === place ? [layerVersionArn] : isSame(arn) ? [] : [arn]))
}

/** Those that stay as they are. */
export function otherLayers(layers: readonly string[], layer: string): readonly string[] {
  return layers.filter((arn) => layerOf(arn) !== layer)
}
