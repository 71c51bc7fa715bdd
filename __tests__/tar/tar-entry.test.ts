import { describe, expect, it } from 'vitest'
import { BLOCK, readHeader } from '../../src/inspect/tar-header.ts'
import { tarWalker } from '../../src/inspect/tar-walker.ts'
import { TAR_END, type TarEntry, tarHeader, tarPadding } from '../../src/tar/tar-entry.ts'

const entry = (more: Partial<TarEntry>): TarEntry => ({ path: 'a', type: 'file', mode: 0o644, size: 0, ...more })

describe('tarHeader', () => {
  it('is one block that says what the entry is', () => {
    const header = tarHeader(entry({ path: 'bin/x', mode: 0o755, size: 7, owner: { uid: 1001, gid: 121 } }))
    expect(header.length).toBe(BLOCK)
    expect(readHeader(header, 0)).toMatchObject({ name: 'bin/x', type: '0', mode: 0o755, uid: 1001, gid: 121, size: 7 })
    expect(readHeader(tarHeader(entry({ path: 'd', type: 'directory' })), 0)).toMatchObject({ name: 'd/', type: '5' })
    expect(readHeader(tarHeader(entry({ type: 'symlink', link: '../b' })), 0)).toMatchObject({
      type: '2',
      linkName: '../b',
    })
  })

  it('keeps names and targets of any length, and their UTF-8, beside a content', () => {
    const long = `${'folder-ä/'.repeat(40)}file`
    const content = Buffer.from('content')
    const parts = [
      tarHeader(entry({ path: long, size: content.length })),
      content,
      tarPadding(content.length),
      tarHeader(entry({ path: 'link', type: 'symlink', link: long })),
      tarHeader(entry({ path: 'x'.repeat(99), size: 0 })),
      TAR_END,
    ]
    const seen: unknown[] = []
    const walker = tarWalker(({ name, linkName, size }) => {
      seen.push([name, linkName, size])
      return { bytes: (chunk) => void seen.push(chunk.toString()), end: () => undefined }
    })
    walker.write(Buffer.concat(parts))
    walker.end()
    expect(seen).toEqual([[long, '', 7], 'content', ['link', long, 0], ['x'.repeat(99), '', 0]])
  })

  it.each([91, 92, 93, 94, 990, 991, 992, 993, 994])(
    'counts the digits of a record of a name of %i bytes',
    (length) => {
      const path = 'y'.repeat(length)
      const names: string[] = []
      const walker = tarWalker(({ name }) => void names.push(name))
      walker.write(Buffer.concat([tarHeader(entry({ path: `${path}/${path}` })), TAR_END]))
      walker.end()
      expect(names).toEqual([`${path}/${path}`])
    },
  )
})
