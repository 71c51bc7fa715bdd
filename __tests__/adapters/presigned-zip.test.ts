import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { close, listen } from '../../lab/http/loopback-server.ts'
import { presignedZips } from '../../src/adapters/presigned-zip.ts'
import { buildZip } from '../builders/zip.ts'

let server: Server | undefined
afterEach(async () => {
  if (server !== undefined) await close(server)
  server = undefined
})

/** Serves the bytes by range, and keeps which were asked for. */
async function served(bytes: Buffer, ranges = true) {
  const asked: string[] = []
  server = createServer((request, response) => {
    asked.push(request.headers.range ?? '')
    const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    if (!ranges) return void response.end(bytes)
    const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first)
    const end = first === '' ? bytes.length : Number(last) + 1
    response.writeHead(206, { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` })
    response.end(bytes.subarray(start, end))
  })
  return { asked, url: `http://${await listen(server)}/zip?X-Amz-Signature=secret` }
}

const sizes = presignedZips({ signal: new AbortController().signal })

describe('presignedZips', () => {
  it('adds up the entries of a zip of which only the end is fetched', async () => {
    const content = Buffer.alloc(1_000_000, 'x')
    const zip = buildZip([
      { name: 'python/a.bin', content, method: 0 },
      { name: 'python/b.py', content: 'x = 1' },
    ])
    const { url, asked } = await served(zip)
    expect(await sizes.unzipped(url)).toBe(1_000_005)
    expect(asked).toEqual(['bytes=-262144'])
  })

  it('fetches the rest of a list of entries that is longer', async () => {
    const entries = Array.from({ length: 5000 }, (_, index) => ({
      name: `python/${'long/'.repeat(10)}${index}.py`,
      content: 'xyz',
    }))
    const { url, asked } = await served(buildZip(entries))
    expect(await sizes.unzipped(url)).toBe(15_000)
    expect(asked.length).toBe(2)
  })

  it.each([
    ['an answer without ranges', false, buildZip([{ name: 'a' }]), /status 200 where a part was asked for/],
    ['what is no zip', true, Buffer.from('hello'), /./],
  ])('rejects for %s, and never names the link', async (_, ranges, bytes, message) => {
    const { url } = await served(bytes, ranges)
    const error = await sizes.unzipped(url).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).toMatch(message)
    expect(String(error)).not.toContain('127.0.0.1')
  })

  it('rejects when nothing answers', async () => {
    await expect(sizes.unzipped('http://127.0.0.1:1/zip?X-Amz-Signature=secret')).rejects.toThrow(
      /^its download gives no answer \((?:ECONNREFUSED|TypeError)\)$/,
    )
  })
})
