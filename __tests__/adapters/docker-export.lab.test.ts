import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer, connect as dial } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { docker } from '../../src/adapters/docker-command.ts'
import { type DockerEndpoint, dockerEndpoint } from '../../src/adapters/docker-endpoint.ts'
import { dockerImageFiles } from '../../src/adapters/docker-export.ts'
import { dockerImages } from '../../src/adapters/docker-images.ts'
import type { Evidence } from '../../src/inspect/evidence.ts'
import { gather } from '../../src/inspect/gather.ts'
import { fakeLog } from '../builders/ports.ts'
import { labEngines } from './lab-engines.ts'

/** The lab's Node image, which is in the default engine. */
let image: string
let containerdHost: string

beforeAll(async () => {
  const { lab, hosts } = await labEngines()
  image = `${lab.publicRegistry.host}/lambda/nodejs:22`
  containerdHost = hosts.containerd
})
afterEach(() => {
  vi.unstubAllEnvs()
})

function ports(signal = new AbortController().signal) {
  const runId = randomUUID()
  const log = fakeLog()
  return { runId, log, imageFiles: dockerImageFiles({ runId, signal, log }), images: dockerImages({ signal, log }) }
}

async function containersOf(runId: string): Promise<string> {
  return (await docker(['ps', '--all', '--quiet', '--filter', `label=lambda-parity.run=${runId}`])).stdout
}

/** Names as GNU tar lists them, without what Docker adds to a container. */
async function listedByTar(): Promise<string[]> {
  const { stdout: id } = await docker(['create', image, 'x'])
  try {
    const { stdout } = await promisify(execFile)(
      'sh',
      ['-c', 'docker export "$1" | tar --list --quoting-style=literal', 'sh', id.trim()],
      { maxBuffer: 64 * 1024 * 1024 },
    )
    const added = new Set([
      '.dockerenv',
      'dev/console',
      'dev/pts/',
      'dev/shm/',
      'etc/hosts',
      'etc/hostname',
      'etc/mtab',
      'etc/resolv.conf',
    ])
    return stdout
      .split('\n')
      .filter((name) => name !== '' && !added.has(name))
      .map((name) => `/${name.replace(/\/$/, '')}`)
  } finally {
    await docker(['rm', '--force', '--volumes', id.trim()])
  }
}

it('reads of a real image exactly the files that tar lists, and leaves no container', async () => {
  const run = ports()
  const evidence = await gather({ reference: image }, run)
  expect(evidence.files.map(({ path }) => path).toSorted()).toEqual((await listedByTar()).toSorted())
  expect(evidence).toMatchObject({
    subject: { reference: image, platform: 'linux/amd64' },
    os: { id: 'debian', versionId: '12' },
    libc: { family: 'glibc', version: '2.36' },
    tools: { node: expect.stringMatching(/^22\.\d+\.\d+$/), libstdcxx: '3.4.30' },
    partial: [],
  })
  expect(evidence.elf.filter(({ problem }) => problem !== undefined)).toEqual([])
  expect(await containersOf(run.runId)).toBe('')
})

describe('the same image', () => {
  let bySocket: Evidence
  beforeAll(async () => {
    bySocket = await gather({ reference: image }, ports())
  })

  it('is read the same through the docker command, from a daemon behind TCP', async () => {
    const { path } = (await dockerEndpoint()) as DockerEndpoint & { via: 'socket' }
    await using proxy = await tcpProxy(path)
    vi.stubEnv('DOCKER_HOST', proxy.host)
    const run = ports()
    expect(await gather({ reference: image }, run)).toEqual(bySocket)
    expect(await containersOf(run.runId)).toBe('')
  })

  it('is read the same from an engine with the containerd store, sizes apart', async () => {
    vi.stubEnv('DOCKER_HOST', containerdHost)
    const run = ports()
    if ((await run.images.inspect(image)) === undefined) await run.images.pull(image)
    const evidence = await gather({ reference: image }, run)
    expect(evidence.files).toEqual(bySocket.files)
    expect(evidence.elf).toEqual(bySocket.elf)
    expect(evidence.partial).toEqual([{ of: 'sizes', why: 'sizes: files that a later layer hides are not counted' }])
    expect(await containersOf(run.runId)).toBe('')
  })
})

it('leaves no container when the run is cancelled in the middle, on either route', async () => {
  const { path } = (await dockerEndpoint()) as DockerEndpoint & { via: 'socket' }
  await using proxy = await tcpProxy(path)
  for (const host of [`unix://${path}`, proxy.host]) {
    vi.stubEnv('DOCKER_HOST', host)
    const controller = new AbortController()
    const cancelled = new Error('cancelled')
    const run = ports(controller.signal)
    const reading = run.imageFiles.read({ reference: image, platform: 'linux/amd64' }, () =>
      controller.abort(cancelled),
    )
    await expect(reading, host).rejects.toBe(cancelled)
    expect(await containersOf(run.runId), host).toBe('')
    expect(
      run.log.lines.filter((line) => line.startsWith('warning')),
      host,
    ).toEqual([])
  }
})

it.each(['socket', 'command'])('says that an image is not there: %s', async (route) => {
  const { path } = (await dockerEndpoint()) as DockerEndpoint & { via: 'socket' }
  await using proxy = await tcpProxy(path)
  if (route === 'command') vi.stubEnv('DOCKER_HOST', proxy.host)
  const missing = { reference: 'lambda-parity-no-such-image:1', platform: 'linux/amd64' }
  await expect(ports().imageFiles.read(missing, () => undefined)).rejects.toMatchObject({ code: 'image-not-found' })
})

/** A daemon's socket on a loopback port, as a remote daemon would be reached. */
async function tcpProxy(socketPath: string): Promise<AsyncDisposable & { readonly host: string }> {
  const server = createServer((client) => {
    const daemon = dial(socketPath)
    client.on('error', () => daemon.destroy())
    daemon.on('error', () => client.destroy())
    client.on('close', () => daemon.destroy())
    client.pipe(daemon).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    host: `tcp://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.close()
    },
  }
}
