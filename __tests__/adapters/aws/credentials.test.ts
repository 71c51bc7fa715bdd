import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { credentialChain } from '../../../src/adapters/aws/credentials.ts'

let metadata: Server
let asked: string[]

beforeEach(async () => {
  for (const name of Object.keys(process.env).filter((one) => one.startsWith('AWS_'))) vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials')
  asked = []
  metadata = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.statusCode = 404
    response.end()
  })
  await new Promise<void>((resolve) => metadata.listen(0, '127.0.0.1', resolve))
  vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', `http://127.0.0.1:${(metadata.address() as AddressInfo).port}`)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await new Promise((resolve) => metadata.close(resolve))
})

describe('find', () => {
  it('finds keys of the environment, valid or not, and gives them to the clients', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
    const chain = credentialChain()
    expect(await chain.find({ askInstanceMetadata: false })).toBe('found')
    expect(await chain.provider()).toMatchObject({ accessKeyId: 'AKIAEXAMPLE' })
  })

  it('finds none without asking the instance metadata service', async () => {
    expect(await credentialChain().find({ askInstanceMetadata: false })).toBe('none')
    expect(asked).toEqual([])
  })

  it('does not ask it later either', async () => {
    const chain = credentialChain()
    await chain.find({ askInstanceMetadata: false })
    await expect(chain.provider()).rejects.toThrow('Could not load credentials')
    expect(asked).toEqual([])
  })

  it('asks it when it may', async () => {
    expect(await credentialChain().find({ askInstanceMetadata: true })).toBe('none')
    expect(asked.length).toBeGreaterThan(0)
  })

  it('takes a provider that cannot be used for one that finds nothing', async () => {
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', '/nowhere/token')
    vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::123456789012:role/ci')
    expect(await credentialChain().find({ askInstanceMetadata: false })).toBe('none')
  })
})
