import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Lab, up } from '../../lab/lab.ts'
import { docker } from '../../src/adapters/docker-command.ts'
import { privateDockerConfig, withOwnLogin } from '../../src/adapters/docker-config.ts'

// Real engines on a busy machine.
let users: string
let parent: string

beforeEach(async () => {
  users = await mkdtemp(join(tmpdir(), 'docker-config-test-'))
  parent = await mkdtemp(join(tmpdir(), 'docker-config-test-'))
  vi.stubEnv('DOCKER_CONFIG', users)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(users, { recursive: true, force: true })
  await rm(parent, { recursive: true, force: true })
})

const permissions = async (path: string) => (await stat(path)).mode & 0o777

describe('withOwnLogin', () => {
  it('keeps everything but the login of the host', () => {
    const config = {
      auths: { 'a.example': { auth: 'YQ==' }, 'b.example': {} },
      credHelpers: { 'c.example': 'ecr-login' },
      credsStore: 'desktop',
      currentContext: 'remote',
    }
    expect(withOwnLogin(config, 'a.example')).toEqual({
      auths: { 'b.example': {} },
      credHelpers: { 'c.example': 'ecr-login', 'a.example': '' },
      credsStore: 'desktop',
      currentContext: 'remote',
    })
  })
})

describe('privateDockerConfig', () => {
  it('is private, mirrors the user’s folder, and is gone afterwards with nothing of the user’s', async () => {
    await mkdir(join(users, 'contexts'))
    await writeFile(join(users, 'contexts', 'meta.json'), '{}')
    await writeFile(join(users, 'config.json'), '{"currentContext":"remote"}')
    const config = await privateDockerConfig('a.example', parent)
    const folder = config.env.DOCKER_CONFIG ?? ''
    expect(await permissions(folder)).toBe(0o700)
    expect(await permissions(join(folder, 'config.json'))).toBe(0o600)
    expect((await readdir(folder)).sort()).toEqual(['config.json', 'contexts'])
    expect(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))).toMatchObject({ currentContext: 'remote' })
    expect(await readFile(join(folder, 'contexts', 'meta.json'), 'utf8')).toBe('{}')

    await config[Symbol.asyncDispose]()
    expect(await readdir(parent)).toEqual([])
    expect(await readdir(join(users, 'contexts'))).toEqual(['meta.json'])
    expect(await readFile(join(users, 'config.json'), 'utf8')).toBe('{"currentContext":"remote"}')
  })

  it('does without a configuration of the user', async () => {
    await rm(users, { recursive: true })
    await using config = await privateDockerConfig('a.example', parent)
    expect(await readdir(config.env.DOCKER_CONFIG ?? '')).toEqual(['config.json'])
  })

  it('survives a configuration that is no JSON', async () => {
    await writeFile(join(users, 'config.json'), '{')
    await using config = await privateDockerConfig('a.example', parent)
    expect(await readdir(config.env.DOCKER_CONFIG ?? '')).toEqual(['config.json'])
  })
})

describe('a login in it', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await up()
  })

  it('stays in it, also where the user has a credential store', async () => {
    const theirs = JSON.stringify({ credsStore: 'lambda-parity-test' })
    await writeFile(join(users, 'config.json'), theirs)
    const { host, user } = lab.registry
    await using config = await privateDockerConfig(host, parent)
    const login = await docker(['login', '--username', user, '--password-stdin', host], {
      input: lab.registry.password(),
      env: config.env,
    })
    expect(login.exitCode, login.stderr).toBe(0)
    const { auths } = JSON.parse(await readFile(join(config.env.DOCKER_CONFIG ?? '', 'config.json'), 'utf8'))
    expect(Object.keys(auths)).toEqual([host])
    expect(await readFile(join(users, 'config.json'), 'utf8')).toBe(theirs)
  })
})
