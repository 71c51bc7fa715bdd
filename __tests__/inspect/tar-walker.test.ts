import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { TarError, type TarHeader } from '../../src/inspect/tar-header.ts'
import { tarWalker } from '../../src/inspect/tar-walker.ts'
import { chunksOf, seeded } from '../builders/random.ts'
import { buildTar, sealed, tarEntry } from '../builders/tar.ts'
import formats from './fixtures/tar-formats.json' with { type: 'json' }

type Walked = TarHeader & { content: string }

function walk(chunks: Iterable<Buffer>): Walked[] {
  const entries: Walked[] = []
  const walker = tarWalker((header) => {
    const entry = { ...header, content: '' }
    entries.push(entry)
    const parts: Buffer[] = []
    return {
      bytes: (chunk) => parts.push(Buffer.from(chunk)),
      end: () => {
        entry.content = Buffer.concat(parts).toString()
      },
    }
  })
  for (const chunk of chunks) walker.write(chunk)
  walker.end()
  return entries
}

describe.each(Object.entries(formats))('the %s format, as Python reads it', (_, { archive, entries }) => {
  const bytes = gunzipSync(Buffer.from(archive, 'base64'))
  it.each([1, 3, 511, 512, 513, 100_000])('in chunks of up to %i bytes', (largest) => {
    const walked = walk(chunksOf(bytes, largest, seeded(largest)))
    const seen = walked.map(({ name, type, mode, uid, size, mtime, linkName }) => ({
      name: name.replace(/\/$/, ''),
      type,
      mode,
      uid,
      size,
      mtime: Math.floor(mtime),
      link: linkName,
    }))
    expect(seen).toEqual(entries.map((entry) => ({ ...entry, link: entry.link ?? '' })))
    expect(walked.find(({ name }) => name === 'etc/more')?.content).toBe('m'.repeat(513))
  })
})

describe('an archive that cannot be read', () => {
  it('ends before its end', () => {
    const bytes = buildTar([{ name: 'a', content: 'x'.repeat(600) }])
    for (const length of [0, 100, 512, 700, 1500]) {
      expect(() => walk([bytes.subarray(0, length)]), `${length} bytes`).toThrow(
        expect.objectContaining({ name: 'TarError', offset: length }),
      )
    }
  })

  it('is none', () => {
    expect(() => walk([Buffer.alloc(512, 'no tar')])).toThrow('not a tar header')
  })

  it('announces a name that would fill the memory', () => {
    const [header = Buffer.alloc(0)] = tarEntry({ name: '././@LongLink', type: 'L' })
    header.write('77777777777\0', 124)
    expect(() => walk([sealed(header)])).toThrow(/name or extended header of 8589934591 bytes/)
  })

  it.each([
    ['a negative size', Buffer.from('ffffffffffffffffffffffff', 'hex')],
    ['a size beyond 2^53', Buffer.from('800000007fffffffffffffff', 'hex')],
  ])('announces %s', (_, field) => {
    const [header = Buffer.alloc(0)] = tarEntry({ name: 'a' })
    field.copy(header, 124)
    expect(() => walk([sealed(header)])).toThrow('impossible size')
  })

  it('has pax records whose lengths lie', () => {
    for (const record of ['99 path=a\n', 'path=a\n', '-3 path=a\n', '2']) {
      const bytes = buildTar([{ name: 'x', type: 'x', content: record }, { name: 'a' }])
      expect(() => walk([bytes]), record).toThrow('not pax')
    }
  })

  it('was changed at random: it is read or refused, never anything else', () => {
    const random = seeded(7)
    const original = gunzipSync(Buffer.from(formats.pax.archive, 'base64'))
    for (let round = 0; round < 400; round++) {
      const bytes = Buffer.from(original)
      const block = Math.floor((random() * bytes.length) / 512) * 512
      for (let change = 0; change < 3; change++) bytes[block + Math.floor(random() * 512)] = Math.floor(random() * 256)
      // A header whose checksum still fits reaches the parsing of its fields.
      if (round % 2 === 0) sealed(bytes.subarray(block, block + 512))
      try {
        walk(chunksOf(bytes, 2000, random))
      } catch (error) {
        expect(error).toBeInstanceOf(TarError)
      }
    }
  })
})

it('takes no content for what has none, whatever its size says, as old tars do for hard links', () => {
  const [link = Buffer.alloc(0)] = tarEntry({ name: 'b', type: '1', link: 'a' })
  link.write('00000001000\0', 124)
  const bytes = Buffer.concat([sealed(link), buildTar([{ name: 'c', content: 'c' }])])
  expect(walk([bytes]).map(({ name, content }) => [name, content])).toEqual([
    ['b', ''],
    ['c', 'c'],
  ])
})

it('passes over content that nobody wants and everything after the end', () => {
  const names: string[] = []
  const walker = tarWalker(({ name }) => {
    names.push(name)
    return undefined
  })
  walker.write(buildTar([{ name: 'a', content: 'x'.repeat(2000) }, { name: 'b' }]))
  walker.write(Buffer.alloc(4096, 'rubbish'))
  walker.end()
  expect(names).toEqual(['a', 'b'])
})
