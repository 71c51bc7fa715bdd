import { expect, it } from 'vitest'
import { deployWrites } from '../../src/deploy/planned-writes.ts'
import { makeDeployPlan } from '../builders/aws.ts'

it.each([
  [{}, ['update the code of function get-customer in eu-west-1 to the image by digest, unless it runs it']],
  [
    { action: 'create', role: 'arn:aws:iam::123456789012:role/r', alias: 'live' } as const,
    [
      'create function get-customer in eu-west-1 from the image by digest, role arn:aws:iam::123456789012:role/r',
      'publish a version of it',
      'create or move its alias live to that version',
    ],
  ],
])('%j', (plan, writes) => {
  expect(deployWrites(makeDeployPlan(plan))).toEqual(writes)
})
