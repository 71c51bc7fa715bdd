import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { dockerEndpoint, endpoint } from '../../src/adapters/docker-endpoint.ts'

it.each([
  ['unix:///var/run/docker.sock', { via: 'socket', path: '/var/run/docker.sock' }],
  ['tcp://127.0.0.1:2375', { via: 'cli' }],
  ['ssh://user@host', { via: 'cli' }],
  ['npipe:////./pipe/docker_engine', { via: 'cli' }],
  ['unix://', { via: 'cli' }],
  ['', { via: 'cli' }],
])('%j', (host, expected) => {
  expect(endpoint(host)).toEqual(expected)
})

let config: string
beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'docker-config-'))
  vi.stubEnv('DOCKER_CONFIG', config)
  vi.stubEnv('DOCKER_HOST', undefined)
  vi.stubEnv('DOCKER_CONTEXT', undefined)
  for (const name of ['mine', 'remote']) {
    const folder = join(config, 'contexts', 'meta', createHash('sha256').update(name).digest('hex'))
    await mkdir(folder, { recursive: true })
    const Host = name === 'mine' ? 'unix:///run/mine.sock' : 'ssh://user@host'
    await writeFile(
      join(folder, 'meta.json'),
      JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host } } }),
    )
  }
  await writeFile(join(config, 'config.json'), JSON.stringify({ currentContext: 'mine' }))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(config, { recursive: true, force: true })
})

it('is that of the current context', async () => {
  expect(await dockerEndpoint()).toEqual({ via: 'socket', path: '/run/mine.sock' })
})

it('is that of DOCKER_CONTEXT before the current one', async () => {
  vi.stubEnv('DOCKER_CONTEXT', 'remote')
  expect(await dockerEndpoint()).toEqual({ via: 'cli' })
})

it('is DOCKER_HOST before any context', async () => {
  vi.stubEnv('DOCKER_CONTEXT', 'remote')
  vi.stubEnv('DOCKER_HOST', 'unix:///run/other.sock')
  expect(await dockerEndpoint()).toEqual({ via: 'socket', path: '/run/other.sock' })
})

it('is left to the docker command where the context is unknown', async () => {
  vi.stubEnv('DOCKER_CONTEXT', 'missing')
  expect(await dockerEndpoint()).toEqual({ via: 'cli' })
})
