import { expect, it } from 'vitest'
import { publishWrites } from '../../src/publish/planned-writes.ts'
import { makePublishPlan } from '../builders/aws.ts'

it('lists each write on one line', () => {
  expect(
    publishWrites(
      makePublishPlan({
        createRepository: true,
        registryId: '999988887777',
        tags: ['a', 'b'],
        shareWith: ['111122223333'],
      }),
    ),
  ).toEqual([
    'create ECR repository get-customer in eu-west-1 of account 999988887777 if it does not exist (scan on push, immutable tags)',
    'push the image to ECR repository get-customer in eu-west-1 of account 999988887777 unless it is there, tags a, b',
    'let functions of 111122223333 pull from it (repository policy)',
  ])
  expect(publishWrites(makePublishPlan())).toHaveLength(1)
})
