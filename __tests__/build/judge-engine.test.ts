import { describe, expect, it } from 'vitest'
import { judgeContainerEngine, judgeEngine } from '../../src/build/judge-engine.ts'
import { ActionError } from '../../src/errors.ts'
import type { ClientFacts, EngineFacts, ServerFacts } from '../../src/ports/engine.ts'

const client: ClientFacts = { version: '28.5.2', context: 'default', podman: false, buildx: '0.29.1' }
const server: ServerFacts = {
  version: '28.5.2',
  apiVersion: '1.51',
  os: 'linux',
  architecture: 'amd64',
  store: 'classic',
  rootless: false,
  limitsMemory: true,
  limitsSwap: true,
  podman: false,
}
const { buildx: _, ...withoutBuildx } = client

function refusal(facts: EngineFacts, judge: (facts: EngineFacts) => unknown = judgeEngine): ActionError {
  try {
    judge(facts)
  } catch (error) {
    if (error instanceof ActionError) return error
    throw error
  }
  throw new Error('the engine was accepted')
}

describe('judgeEngine', () => {
  it.each<[string, EngineFacts]>([
    ['hosted runner', { runner: 'linux', client, server }],
    [
      'oldest that is good',
      {
        runner: 'linux',
        client: { ...client, buildx: '0.10.0' },
        server: { ...server, version: '20.10.10' },
      },
    ],
    ['Docker Desktop on a Mac', { runner: 'darwin', client, server: { ...server, architecture: 'arm64' } }],
    ['development build', { runner: 'linux', client, server: { ...server, version: 'dev' } }],
  ])('accepts: %s', (_name, facts) => {
    expect(judgeEngine(facts)).toEqual({ client: facts.client, server: facts.server })
  })

  it.each<[string, EngineFacts, RegExp, RegExp]>([
    ['not installed', { runner: 'linux' }, /not installed or not in PATH.*20\.10\.10/, /ubuntu-latest/],
    ['macOS runner', { runner: 'darwin' }, /macOS runner.*no Docker/, /Linux runner/],
    ['Windows runner without Docker', { runner: 'win32' }, /Windows runner/, /Linux runner/],
    [
      'Windows containers',
      { runner: 'win32', client, server: { ...server, os: 'windows' } },
      /runs windows containers/,
      /Windows runners only have.*Linux runner/,
    ],
    [
      'not running',
      { runner: 'linux', client, problem: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' },
      /does not answer: Cannot connect to the Docker daemon at unix:\/\/\/var\/run\/docker\.sock/,
      /systemctl start docker/,
    ],
    [
      'not running behind DOCKER_HOST',
      { runner: 'linux', dockerHost: 'tcp://dind:2375', client, problem: 'Cannot connect to the Docker daemon' },
      /DOCKER_HOST=tcp:\/\/dind:2375/,
      /DOCKER_HOST/,
    ],
    [
      'not running behind a context',
      { runner: 'linux', client: { ...client, context: 'build-host' }, problem: 'error during connect' },
      /Docker context build-host/,
      /context/,
    ],
    [
      'no permission',
      { runner: 'linux', client, problem: 'permission denied while trying to connect to the Docker daemon socket' },
      /may not talk to its engine/,
      /usermod -aG docker/,
    ],
    [
      'client newer than the engine speaks',
      {
        runner: 'linux',
        client,
        problem: 'Error: client version 1.52 is too new. Maximum supported API version is 1.41',
      },
      /do not understand each other/,
      /Update the older/,
    ],
    [
      'too old engine',
      { runner: 'linux', client, server: { ...server, version: '20.10.9' } },
      /found 20\.10\.9, needed 20\.10\.10/,
      /Update Docker Engine/,
    ],
    ['no buildx', { runner: 'linux', client: withoutBuildx, server }, /not its buildx plugin/, /setup-buildx-action/],
    [
      'too old buildx',
      { runner: 'linux', client: { ...client, buildx: '0.9.1' }, server },
      /found 0\.9\.1, needed 0\.10\.0/,
      /setup-buildx-action/,
    ],
    [
      'Podman as docker',
      { runner: 'linux', client: { ...client, podman: true } },
      /Podman’s stand-in/,
      /podman-docker/,
    ],
    [
      'Podman behind the socket',
      { runner: 'linux', client, server: { ...server, podman: true } },
      /talks to Podman/,
      /DOCKER_HOST/,
    ],
  ])('refuses: %s', (_name, facts, message, help) => {
    const error = refusal(facts)
    expect(error.code).toBe('docker-unavailable')
    expect(error.message).toMatch(message)
    expect(error.help).toMatch(help)
  })
})

describe('judgeContainerEngine', () => {
  it.each<[string, ClientFacts]>([
    ['without buildx', withoutBuildx],
    ['with a buildx that is too old for images', { ...client, buildx: '0.9.1' }],
  ])('accepts an engine %s', (_name, other) => {
    expect(judgeContainerEngine({ runner: 'linux', client: other, server })).toEqual({ client: other, server })
  })

  it.each<[string, EngineFacts]>([
    ['not installed', { runner: 'linux' }],
    ['Podman as docker', { runner: 'linux', client: { ...withoutBuildx, podman: true } }],
    ['too old engine', { runner: 'linux', client: withoutBuildx, server: { ...server, version: '20.10.9' } }],
    ['Windows containers', { runner: 'win32', client: withoutBuildx, server: { ...server, os: 'windows' } }],
  ])('refuses, and asks for no buildx: %s', (_name, facts) => {
    const { code, message, help } = refusal(facts, judgeContainerEngine)
    expect(code).toBe('docker-unavailable')
    expect(`${message} ${help}`).not.toContain('buildx')
  })
})
