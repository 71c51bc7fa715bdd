import { describe, expect, it } from 'vitest'
import { ecrLogin } from '../../src/build/ecr-login.ts'
import type { Ecr } from '../../src/ports/ecr.ts'
import { fakeEcr, makePublishPlan, makeRepository } from '../builders/aws.ts'

const LOGIN = { user: 'AWS', password: 'token' }
const OFF = { skipped: 'off' }

function makePorts(found: 'found' | 'none', methods: Partial<Ecr> = {}) {
  const regions: string[] = []
  const ports = {
    credentials: { find: async () => found },
    ecr: (region: string) => {
      regions.push(region)
      return fakeEcr({ login: async () => LOGIN, ...methods })
    },
  }
  return { ports, regions }
}

describe('ecrLogin', () => {
  it('knows ECR by its host, in the region of the host, also when nothing is published', async () => {
    const { ports, regions } = makePorts('found')
    const reference = '123456789012.dkr.ecr.eu-south-1.amazonaws.com/shop:1'
    const host = '123456789012.dkr.ecr.eu-south-1.amazonaws.com'
    expect(await ecrLogin(reference, { publish: OFF }, ports)).toEqual({ host, ...LOGIN })
    expect(regions).toEqual(['eu-south-1'])
  })

  it('knows it as the registry of the target repository', async () => {
    const { ports } = makePorts('found', { repository: async () => makeRepository({ uri: '127.0.0.1:5000/shop' }) })
    const publish = makePublishPlan({ repository: 'shop' })
    expect(await ecrLogin('127.0.0.1:5000/shop:1', { publish }, ports)).toEqual({ host: '127.0.0.1:5000', ...LOGIN })
  })

  it.each([
    ['another registry', 'ghcr.io/team/shop:1', 'found'],
    ['no credentials', '123456789012.dkr.ecr.eu-south-1.amazonaws.com/shop:1', 'none'],
  ] as const)('has none for %s', async (_, reference, found) => {
    const { ports } = makePorts(found, { repository: async () => makeRepository() })
    expect(await ecrLogin(reference, { publish: makePublishPlan() }, ports)).toBeUndefined()
    expect(await ecrLogin(reference, { publish: OFF }, ports)).toBeUndefined()
  })
})
