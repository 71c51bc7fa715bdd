import { expect, it } from 'vitest'
import { layerMismatch } from '../../../src/deploy/attach/layer-mismatch.ts'
import type { FunctionConfiguration } from '../../../src/ports/lambda-api.ts'
import { makeFunction } from '../../builders/aws.ts'

const LAYER = { name: 'shop', runtimes: ['python3.13'], architectures: ['x86_64'] }
const layers = (...names: string[]) => names.map((name) => `arn:aws:lambda:eu-west-1:123456789012:layer:${name}:1`)

it.each([
  ['fits', {}, undefined, ''],
  ['with four others', { layers: layers('a', 'b', 'c', 'd') }, undefined, ''],
  ['with five, one of them its own', { layers: layers('a', 'b', 'shop', 'c', 'd') }, undefined, ''],
  ['with five others', { layers: layers('a', 'b', 'c', 'd', 'e') }, 'invalid-input', 'has 5 layers already'],
  ['of an image', { packageType: 'Image' }, 'package-type-mismatch', 'made of an image'],
  ['of another architecture', { architectures: ['arm64'] }, 'invalid-input', 'input compatible-architectures'],
  ['of another runtime', { runtime: 'python3.9' }, 'invalid-input', 'input compatible-runtimes'],
] satisfies [string, Partial<FunctionConfiguration>, string | undefined, string][])(
  'a function %s',
  (_, overrides, code, message) => {
    const found = makeFunction({ packageType: 'Zip', runtime: 'python3.13', ...overrides })
    const mismatch = layerMismatch(found, LAYER)
    expect(mismatch?.code).toBe(code)
    expect(mismatch?.message ?? '').toContain(message)
  },
)
