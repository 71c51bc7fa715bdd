import { expect, it } from 'vitest'
import { consumerStatement } from '../../../src/publish/layer/consumer-statement.ts'
import { parseLayerVersionArn } from '../../../src/publish/layer/layer-arn.ts'

it.each([
  ['aws', 'eu-west-1'],
  ['aws-cn', 'cn-northwest-1'],
  ['aws-us-gov', 'us-gov-west-1'],
])('of the partition %s', (partition, region) => {
  const layer = `arn:${partition}:lambda:${region}:123456789012:layer:shop`
  expect(parseLayerVersionArn(`${layer}:12`)).toEqual({
    ...{ partition, region, layer },
    account: '123456789012',
    name: 'shop',
    version: 12,
  })
  expect(parseLayerVersionArn(layer)).toBeUndefined()
  expect(JSON.parse(consumerStatement(`${layer}:12`))).toEqual({
    Effect: 'Allow',
    Action: 'lambda:GetLayerVersion',
    Resource: `${layer}:12`,
  })
})
