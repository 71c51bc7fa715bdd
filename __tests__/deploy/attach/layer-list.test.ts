import { expect, it } from 'vitest'
import { otherLayers, withLayer } from '../../../src/deploy/attach/layer-list.ts'

const arn = (name: string, version: number) => `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:${version}`
const [A, OLD, NEW, B] = [arn('a', 1), arn('shop', 3), arn('shop', 4), arn('b', 2)]
const FOREIGN = OLD.replace('123456789012', '210987654321')

it.each([
  ['no layers', [], [NEW]],
  ['others', [A, B], [A, B, NEW]],
  ['an older version between others', [A, OLD, B], [A, NEW, B]],
  ['this version', [A, NEW, B], [A, NEW, B]],
  ['two versions, which no function has', [OLD, A, arn('shop', 2)], [NEW, A]],
  ['a layer of the same name of another account', [FOREIGN, A], [FOREIGN, A, NEW]],
  ['a layer whose name begins alike', [arn('shop-extra', 9)], [arn('shop-extra', 9), NEW]],
])('a function with %s', (_, layers, wanted) => {
  expect(withLayer(layers, NEW)).toEqual(wanted)
})

it('leaves the others out of nothing but their own layer', () => {
  expect(otherLayers([A, OLD, FOREIGN], 'arn:aws:lambda:eu-west-1:123456789012:layer:shop')).toEqual([A, FOREIGN])
})
