import { expect, it } from 'vitest'
import { imageFacts, imagePlatform } from '../../src/inspect/image-facts.ts'

it('reads what docker image inspect answers', () => {
  const facts = imageFacts([
    {
      Id: 'sha256:1',
      Os: 'linux',
      Architecture: 'arm',
      Variant: 'v7',
      Created: '2025-01-07T00:00:00Z',
      Config: {
        Entrypoint: ['/lambda-entrypoint.sh'],
        Cmd: ['app.handler'],
        WorkingDir: '/var/task',
        User: '1000',
        Env: ['PATH=/bin', 'OPTIONS=a=b', 'EMPTY='],
        Labels: { owner: 'me' },
        Volumes: { '/data': {}, '/cache': {} },
        ExposedPorts: { '8080/tcp': {} },
        Healthcheck: { Test: ['CMD-SHELL', 'curl -f http://localhost/'] },
        StopSignal: 'SIGINT',
      },
      RootFS: { Type: 'layers', Layers: ['sha256:a', 'sha256:b'] },
    },
  ])
  expect(facts).toEqual({
    id: 'sha256:1',
    os: 'linux',
    architecture: 'arm',
    variant: 'v7',
    entrypoint: ['/lambda-entrypoint.sh'],
    command: ['app.handler'],
    workingDirectory: '/var/task',
    user: '1000',
    environment: { PATH: '/bin', OPTIONS: 'a=b', EMPTY: '' },
    labels: { owner: 'me' },
    layers: ['sha256:a', 'sha256:b'],
    created: '2025-01-07T00:00:00Z',
    volumes: ['/cache', '/data'],
    exposedPorts: ['8080/tcp'],
    healthcheck: ['CMD-SHELL', 'curl -f http://localhost/'],
    stopSignal: 'SIGINT',
  })
  expect(imagePlatform(facts)).toBe('linux/arm/v7')
})

it.each([
  [{ Id: 'sha256:1', Os: 'linux', Architecture: 'amd64', Config: null, RootFS: {}, Created: '0001-01-01T00:00:00Z' }],
  [
    {
      Id: 'sha256:1',
      Os: 'linux',
      Architecture: 'amd64',
      Config: { Entrypoint: null, Cmd: null, Env: null, Labels: null },
    },
  ],
])('takes what is missing as empty', (answer) => {
  const facts = imageFacts(answer)
  expect(facts).toEqual({
    id: 'sha256:1',
    os: 'linux',
    architecture: 'amd64',
    entrypoint: [],
    command: [],
    workingDirectory: '',
    user: '',
    environment: {},
    labels: {},
    layers: [],
  })
  expect(imagePlatform(facts)).toBe('linux/amd64')
})
