import { describe, expect, it } from 'vitest'
import { runArguments, splitEnvironment } from '../../src/adapters/container-argv.ts'
import type { ContainerSpec } from '../../src/ports/containers.ts'

const SPEC: ContainerSpec = {
  image: 'fn:1',
  platform: 'linux/arm64',
  entrypoint: '/rie',
  arguments: ['/entry', 'app.handler'],
  environment: { TOKEN: 'hunter2' },
  withoutEnvironment: ['AWS_LAMBDA_RUNTIME_API'],
  network: 'none',
  mounts: [],
  memory: 256,
  temporaryStorage: 1024,
}
const STARTED = { name: 'n', runId: 'r1', inherited: new Set<string>() }

function argv(spec: Partial<ContainerSpec> = {}, started: Partial<typeof STARTED & { environmentFile: string }> = {}) {
  return runArguments({ ...SPEC, ...spec }, { ...STARTED, ...started }).join(' ')
}

describe('runArguments', () => {
  it.each([
    'run --detach --pull never --name n --label lambda-parity.run=r1 --platform linux/arm64',
    '--read-only --user 993:990 --cap-drop ALL --security-opt no-new-privileges',
    '--memory 256m --memory-swap 256m',
    '--tmpfs /tmp:rw,exec,nosuid,nodev,size=1024m,mode=1777',
    '--network none',
    '--env TOKEN --env AWS_LAMBDA_RUNTIME_API --entrypoint /rie fn:1 /entry app.handler',
  ])('has %s', (part) => {
    expect(argv()).toContain(part)
  })

  it('never holds a value of the environment', () => {
    expect(argv({ environment: { TOKEN: 'hunter2', PATH: 'hunter2' } }, { environmentFile: '/f' })).not.toContain(
      'hunter2',
    )
  })

  it("empties a forbidden variable that docker's own environment would pass on", () => {
    expect(argv({}, { inherited: new Set(['AWS_LAMBDA_RUNTIME_API']) })).toContain('--env AWS_LAMBDA_RUNTIME_API= ')
  })

  it('mounts the volume read-only', () => {
    expect(argv({ mounts: [{ name: 'v', path: '/p' }] })).toContain('--mount type=volume,source=v,target=/p,readonly')
  })

  it('never asks for removal: the log of a dead container is read later', () => {
    expect(argv()).not.toContain('--rm')
  })
})

describe('splitEnvironment', () => {
  it('keeps what would steer the docker command out of its environment', () => {
    const names = ['TOKEN', 'PATH', 'HOME', 'DOCKER_HOST', 'LD_LIBRARY_PATH', 'https_proxy', 'MY_PATH', 'GOPHER_NAME']
    const split = splitEnvironment(Object.fromEntries(names.map((name) => [name, 'x'])))
    expect(split).toEqual({
      names: ['TOKEN', 'MY_PATH', 'GOPHER_NAME'],
      file: ['PATH', 'HOME', 'DOCKER_HOST', 'LD_LIBRARY_PATH', 'https_proxy'],
    })
  })
})
