import {
  CreateRepositoryCommand,
  ECRClient,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { makeLifecyclePolicy } from '../builders/lifecycle.ts'
import { OWN_STATEMENT } from '../builders/repository-facts.ts'
import { docker, nodeFunction, startWorld, type World } from './world.ts'

const OTHER_ACCOUNT = '222222222222'
const local = `dist-test-preflight:${process.pid}`

let world: World
let ecr: ECRClient
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  const { endpoint, region } = world.aws
  ecr = new ECRClient({ endpoint, region, credentials: { accessKeyId: 'x', secretAccessKey: 'y' } })
  const context = await world.context(nodeFunction(world.base, 'export const handler = async () => ({})'))
  await docker('buildx', 'build', '--quiet', '--load', '--provenance=false', '--sbom=false', '--tag', local, context)
})
afterEach(async () => {
  world.aws.calls.length = 0
  await result.dispose()
})
afterAll(async () => {
  ecr.destroy()
  await docker('image', 'rm', local)
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string>) => {
  const role = 'arn:aws:iam::123456789012:role/preflight'
  result = await world.run({ image: local, smoke: 'false', comment: 'false', role, ...inputs })
  return result
}
const found = (rule: string) => result.report?.findings.filter((one) => one.rule === rule) ?? []
const notChecked = (rule: string) => result.report?.notChecked.find((one) => one.rule === rule)?.reason
const operations = () => world.aws.calls.map(({ operation }) => operation)
const repository = (repositoryName: string, registryId?: string) =>
  ecr.send(new CreateRepositoryCommand({ repositoryName, registryId, imageTagMutability: 'MUTABLE' }))

describe('repository-policy, without share-with', () => {
  it('stops before the push when a function of another account could not pull, and has the policy to paste', async () => {
    const target = { repositoryName: 'theirs', registryId: OTHER_ACCOUNT }
    await repository(target.repositoryName, target.registryId)
    await run({ repository: 'theirs', 'registry-id': OTHER_ACCOUNT, 'function-name': 'foreign' })
    expect(result.exitCode).toBe(1)
    expect(result.report?.failure?.code).toBe('findings')
    expect(operations()).not.toContain('PutManifest')
    expect(operations()).not.toContain('CreateFunction')
    const [finding] = found('repository-policy')
    expect(finding).toMatchObject({ level: 'error', subject: 'theirs' })

    const policyText = finding?.help.split('\n').slice(1).join('\n')
    await ecr.send(new SetRepositoryPolicyCommand({ ...target, policyText }))
    await run({ repository: 'theirs', 'registry-id': OTHER_ACCOUNT, 'function-name': 'foreign' })
    expect(result.report?.failure).toBeUndefined()
    expect(found('repository-policy')).toEqual([])
    expect(result.outputs.state).toBe('Active')
  })

  it('is a note in the own account until Lambda has added its statement, and then nothing', async () => {
    await repository('ours')
    await run({ repository: 'ours', 'function-name': 'own' })
    expect(found('repository-policy')).toMatchObject([{ level: 'note' }])
    expect(result.report?.verdict).toBe('passed')
    await run({ repository: 'ours', 'function-name': 'own' })
    expect(found('repository-policy')).toEqual([])
  })

  it('is not checked, and stops nothing, where reading policies is denied', async () => {
    await repository('closed')
    const denied = ['ecr:GetRepositoryPolicy', 'ecr:GetLifecyclePolicy']
    for (const operation of denied) world.aws.script({ kind: 'refuse', operation, error: 'access-denied' })
    await run({ repository: 'closed', 'function-name': 'own' })
    world.aws.clearFaults()
    expect(result.report?.failure).toBeUndefined()
    expect(notChecked('repository-policy')).toContain('ecr:GetRepositoryPolicy')
    expect(notChecked('lifecycle-policy')).toContain('ecr:GetLifecyclePolicy')
  })
})

describe('lifecycle-policy', () => {
  it('names the rule that will remove the image in use, and the day', async () => {
    const repositoryName = 'cleaned'
    await repository(repositoryName)
    await ecr.send(
      new SetRepositoryPolicyCommand({ repositoryName, policyText: JSON.stringify({ Statement: [OWN_STATEMENT] }) }),
    )
    const days = { countType: 'sinceImagePushed', countUnit: 'days' }
    const policy = makeLifecyclePolicy(
      { tagStatus: 'tagged', tagPrefixList: ['pr-'], ...days, countNumber: 1 },
      { tagStatus: 'any', ...days, countNumber: 14 },
    )
    await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: JSON.stringify(policy) }))
    await run({ repository: repositoryName, 'function-name': 'own', 'dry-run': 'true' })
    const createdAt = Date.parse(result.report?.createdAt ?? '')
    const day = new Date(createdAt + 14 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
    expect(found('lifecycle-policy')).toMatchObject([
      {
        level: 'warning',
        subject: repositoryName,
        message: expect.stringMatching(/^Rule 2 /),
        actual: `removed ${day}`,
      },
    ])
    expect(result.report?.verdict).toBe('warned')
  })
})
