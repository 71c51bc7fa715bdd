import { afterEach, describe, expect, it, vi } from 'vitest'
import { dockerEngine, engineFacts } from '../../src/adapters/docker-engine.ts'

const VERSION = {
  Client: { Version: '28.2.2', ApiVersion: '1.50', Context: 'default' },
  Server: {
    Platform: { Name: '' },
    Components: [{ Name: 'Engine', Version: '28.5.2' }],
    Version: '28.5.2',
    ApiVersion: '1.51',
    Os: 'linux',
    Arch: 'amd64',
  },
}
const INFO = {
  DriverStatus: [['Backing Filesystem', 'extfs']],
  OSType: 'linux',
  MemoryLimit: true,
  SecurityOptions: ['name=seccomp,profile=builtin'],
  ClientInfo: {
    Context: 'default',
    Plugins: [
      { Name: 'compose', Version: 'v2.40.0' },
      { Name: 'buildx', Version: 'v0.29.1' },
    ],
  },
}
const answer = (value: unknown, stderr = '') => ({ stdout: JSON.stringify(value), stderr })

describe('engineFacts', () => {
  it('reads a classic engine', () => {
    expect(engineFacts(answer(VERSION), answer(INFO))).toEqual({
      client: { version: '28.2.2', context: 'default', podman: false, buildx: '0.29.1' },
      server: {
        version: '28.5.2',
        apiVersion: '1.51',
        os: 'linux',
        architecture: 'amd64',
        store: 'classic',
        rootless: false,
        limitsMemory: true,
        limitsSwap: false,
        podman: false,
      },
    })
  })

  it('tells the containerd store and rootless', () => {
    const info = {
      ...INFO,
      DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
      SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless'],
    }
    expect(engineFacts(answer(VERSION), answer(info)).server).toMatchObject({ store: 'containerd', rootless: true })
  })

  it('keeps what the command said when no engine answers', () => {
    const problem = 'Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?'
    const facts = engineFacts(
      answer({ ...VERSION, Server: null }, `${problem}\nmore\n`),
      answer({ ...INFO, ServerErrors: [problem] }),
    )
    expect(facts.server).toBeUndefined()
    expect(facts.problem).toBe(problem)
    expect(facts.client?.buildx).toBe('0.29.1')
  })

  it('does not count a plugin that cannot be run', () => {
    const info = { ...INFO, ClientInfo: { Plugins: [{ Name: 'buildx', Err: 'fork/exec: exec format error' }] } }
    expect(engineFacts(answer(VERSION), answer(info)).client).not.toHaveProperty('buildx')
  })

  it('recognises the podman command', () => {
    // podman 4.3.1, `podman version` and `podman info` with --format '{{json .}}'.
    const version = { Client: { APIVersion: '4.3.1', Version: '4.3.1', OsArch: 'linux/amd64', Os: 'linux' } }
    const info = { host: { arch: 'amd64', buildahVersion: '1.28.2' }, store: {}, version: {} }
    expect(engineFacts(answer(version), answer(info)).client).toMatchObject({ podman: true, version: '4.3.1' })
  })

  it('recognises Podman’s service behind the docker command', () => {
    const Server = {
      ...VERSION.Server,
      Components: [{ Name: 'Podman Engine' }, { Name: 'Conmon' }, { Name: 'Engine' }],
    }
    expect(engineFacts(answer({ ...VERSION, Server }), answer(INFO)).server?.podman).toBe(true)
  })

  it('survives answers that are no JSON', () => {
    const facts = engineFacts({ stdout: 'boom', stderr: 'panic: boom' }, { stdout: '', stderr: '' })
    expect(facts).toEqual({ client: { version: 'unknown', context: 'default', podman: false }, problem: 'panic: boom' })
  })
})

describe('dockerEngine', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('finds nothing where docker is not installed', async () => {
    vi.stubEnv('PATH', '/nonexistent')
    vi.stubEnv('DOCKER_HOST', 'tcp://me:password@127.0.0.1:1')
    expect(await dockerEngine.facts()).toEqual({ runner: process.platform, dockerHost: 'tcp://me:***@127.0.0.1:1' })
  })
})
