import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { dockerImageFiles } from '../../src/adapters/docker-export.ts'
import { answerReader, socketStream } from '../../src/adapters/docker-socket.ts'
import { fakeLog } from '../builders/ports.ts'
import { type Answer, fakeEngine, fakeSocket } from './fake-engine.ts'

const IMAGE = { reference: 'registry.example/app:1', platform: 'linux/arm64' }
const CONTENT = randomBytes(3_000_000)

afterEach(() => {
  vi.unstubAllEnvs()
})

/** An engine that creates, exports and removes; `overrides` by method. */
function engine(overrides: Partial<Record<'POST' | 'GET' | 'DELETE', Answer>> = {}) {
  return fakeEngine((request, response, body) => {
    const answers: Record<string, Answer> = {
      POST: (_, created) => created.writeHead(201).end('{"Id":"c0ffee","Warnings":[]}'),
      GET: (_, exported) => exported.writeHead(200, { 'Content-Type': 'application/x-tar' }).end(CONTENT),
      DELETE: (_, removed) => removed.writeHead(204).end(),
      ...overrides,
    }
    answers[request.method ?? '']?.(request, response, body)
  })
}

function files(host: string, signal = new AbortController().signal) {
  vi.stubEnv('DOCKER_HOST', host)
  const log = fakeLog()
  return { log, imageFiles: dockerImageFiles({ runId: 'run-1', signal, log }) }
}

const REMOVED = 'DELETE /containers/c0ffee?force=1&v=1'

describe('reading over the socket', () => {
  it('makes a container that is never started, reads its export, and removes it with its volumes', async () => {
    await using daemon = await engine()
    const chunks: Buffer[] = []
    await files(daemon.host).imageFiles.read(IMAGE, (chunk) => chunks.push(Buffer.from(chunk)))
    expect(Buffer.concat(chunks).equals(CONTENT)).toBe(true)
    const [create = '', ...rest] = daemon.requests
    expect(rest).toEqual(['GET /containers/c0ffee/export', REMOVED])
    expect(create).toMatch(/^POST \/containers\/create\?platform=linux%2Farm64 \{/)
    expect(JSON.parse(create.slice(create.indexOf('{')))).toMatchObject({
      Image: IMAGE.reference,
      Labels: { 'lambda-parity.run': 'run-1' },
      NetworkDisabled: true,
      HostConfig: { NetworkMode: 'none' },
    })
  })

  it.each([
    [404, 'No such image: registry.example/app:1', 'image-not-found'],
    [500, 'no space left on device', 'docker-unavailable'],
  ])('says why no container could be made: %i %s', async (status, message, code) => {
    await using daemon = await engine({
      POST: (_, response) => response.writeHead(status).end(JSON.stringify({ message })),
    })
    await expect(files(daemon.host).imageFiles.read(IMAGE, () => undefined)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
    expect(daemon.requests).toHaveLength(1)
  })

  it('removes the container when the export fails', async () => {
    await using daemon = await engine({
      GET: (_, response) => response.writeHead(500).end('{"message":"layer does not exist"}'),
    })
    await expect(files(daemon.host).imageFiles.read(IMAGE, () => undefined)).rejects.toMatchObject({
      message: expect.stringContaining('layer does not exist'),
    })
    expect(daemon.requests.at(-1)).toBe(REMOVED)
  })

  it('ends the reading and removes the container when the reader throws', async () => {
    await using daemon = await engine()
    const refusal = new Error('not a tar header')
    const reading = files(daemon.host).imageFiles.read(IMAGE, () => {
      throw refusal
    })
    await expect(reading).rejects.toBe(refusal)
    expect(daemon.requests.at(-1)).toBe(REMOVED)
  })

  it('ends and removes the container when the run is cancelled', async () => {
    const controller = new AbortController()
    // The export hangs after its first bytes.
    await using daemon = await engine({ GET: (_, response) => response.writeHead(200).write(CONTENT) })
    const cancelled = new Error('cancelled')
    const reading = files(daemon.host, controller.signal).imageFiles.read(IMAGE, () => controller.abort(cancelled))
    await expect(reading).rejects.toBe(cancelled)
    expect(daemon.requests.at(-1)).toBe(REMOVED)
  })

  it('creates nothing in a run that was cancelled before', async () => {
    await using daemon = await engine()
    const reading = files(daemon.host, AbortSignal.abort(new Error('cancelled'))).imageFiles.read(
      IMAGE,
      () => undefined,
    )
    await expect(reading).rejects.toThrow('cancelled')
    expect(daemon.requests).toEqual([])
  })

  it('says it when the container stays', async () => {
    await using daemon = await engine({
      DELETE: (_, response) => response.writeHead(500).end('{"message":"device busy"}'),
    })
    const { imageFiles, log } = files(daemon.host)
    await imageFiles.read(IMAGE, () => undefined)
    expect(log.lines).toEqual([
      expect.stringMatching(/^warning: Container c0ffee, .* could not be removed: .*device busy/),
    ])
  })
})

it('leaves a socket that nobody answers to the docker command, which says what is wrong', async () => {
  const { imageFiles, log } = files('unix:///nonexistent/docker.sock')
  await expect(imageFiles.read(IMAGE, () => undefined)).rejects.toMatchObject({
    code: 'docker-unavailable',
    message: expect.stringContaining('/nonexistent/docker.sock'),
  })
  expect(log.lines.join()).toContain('reading through the docker command')
})

describe('an HTTP/1.0 answer', () => {
  it('is split from its body wherever it is cut', () => {
    const answer = Buffer.from('HTTP/1.0 200 OK\r\nContent-Type: application/x-tar\r\n\r\nbody\r\n\r\nmore')
    for (let cut = 0; cut <= answer.length; cut++) {
      let body = ''
      const reader = answerReader((chunk) => {
        body += chunk.toString()
      })
      reader.write(answer.subarray(0, cut))
      reader.write(answer.subarray(cut))
      expect([reader.end().status, body], `cut at ${cut}`).toEqual([200, 'body\r\n\r\nmore'])
    }
  })

  it.each([
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody', 'in chunks'],
    ['no end of its head', 'x'.repeat(70_000), 'does not answer in HTTP'],
  ])('with %s is refused', async (_, bytes, message) => {
    await using socket = await fakeSocket(bytes)
    await expect(socketStream(socket.socketPath, '/', () => undefined)).rejects.toThrow(message)
  })

  it('that never comes has no status', async () => {
    await using socket = await fakeSocket('')
    expect(await socketStream(socket.socketPath, '/', () => undefined)).toEqual({ status: 0, body: '' })
  })
})
