import { expect, it } from 'vitest'
import { dockerContainers } from '../../src/adapters/docker-containers.ts'
import type { ServerFacts } from '../../src/ports/engine.ts'

const SERVER: ServerFacts = {
  version: '28.5.2',
  apiVersion: '1.51',
  os: 'linux',
  architecture: 'arm64',
  store: 'classic',
  rootless: false,
  limitsMemory: true,
  limitsSwap: false,
  podman: false,
}

it('knows the engine by what was asked at the beginning of the run', () => {
  const { engine } = dockerContainers({ runId: 'x', signal: new AbortController().signal }, SERVER)
  expect(engine).toEqual({ version: '28.5.2', architecture: 'arm64', limitsMemory: true, limitsSwap: false })
})
