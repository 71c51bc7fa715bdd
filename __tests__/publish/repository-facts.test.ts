import { expect, it } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { repositoryFacts } from '../../src/publish/preflight/repository-facts.ts'
import { fakeEcr, makePublishPlan, makeRepository } from '../builders/aws.ts'

const denied = (action: string) => async () => {
  throw new ActionError('access-denied', `${action} is denied`, { help: '' })
}
const plan = makePublishPlan()
const repository = async () => makeRepository()

it('tells of each text whether it is there, absent or denied', async () => {
  const ecr = fakeEcr({
    repository,
    policy: async () => undefined,
    lifecyclePolicy: denied('ecr:GetLifecyclePolicy'),
  })
  expect(await repositoryFacts(plan, ecr)).toEqual({
    repository: makeRepository(),
    policy: {},
    lifecyclePolicy: { unread: 'ecr:GetLifecyclePolicy is denied' },
  })
})

it('a repository that is yet to be created has nothing; one that may not be described says so', async () => {
  expect(await repositoryFacts(plan, fakeEcr({ repository: async () => undefined }))).toBeUndefined()
  expect(await repositoryFacts(plan, fakeEcr({ repository: denied('ecr:DescribeRepositories') }))).toEqual({
    unread: 'ecr:DescribeRepositories is denied',
  })
})

it('asks in the registry of the plan', async () => {
  const asked: unknown[] = []
  const other = fakeEcr({ repository: async (id) => void asked.push(id) })
  await repositoryFacts(makePublishPlan({ registryId: '222222222222' }), other)
  expect(asked).toEqual([{ name: 'get-customer', registryId: '222222222222' }])
})

it('lets go of a cancelled run, and of a defect', async () => {
  const cancelled = new ActionError('cancelled', 'The run was cancelled.', { help: '' })
  for (const error of [cancelled, new TypeError('a defect')]) {
    await expect(repositoryFacts(plan, fakeEcr({ repository: () => Promise.reject(error) }))).rejects.toBe(error)
  }
})
