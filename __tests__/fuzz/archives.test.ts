import { expect, it } from 'vitest'
import { tarFileSystemReader } from '../../src/inspect/tar-file-system.ts'
import { TarError } from '../../src/inspect/tar-header.ts'
import { chunksOf, seeded } from '../builders/random.ts'
import { buildTar } from '../builders/tar.ts'
import { mutate } from './mutate.ts'
import { realFiles } from './real-files.ts'

const archive = buildTar([
  { name: 'etc/', type: '5', mode: 0o755 },
  { name: 'etc/link', type: '2', link: '../usr/lib/x' },
  { name: 'etc/hard', type: '1', link: 'opt/0' },
  ...realFiles()
    .slice(0, 12)
    .map(({ bytes }, index) => ({ name: `opt/${index}`, content: bytes.subarray(0, 4096) })),
])

it('reads a mutated tar stream to an end, or says in words why not', () => {
  const random = seeded(11)
  let refused = 0
  for (let round = 0; round < 1500; round++) {
    const reader = tarFileSystemReader()
    try {
      for (const chunk of chunksOf(mutate(archive, archive, random), 20_000, random)) reader.write(chunk)
      const { files } = reader.end()
      expect(files.length).toBeLessThan(1000)
    } catch (error) {
      if (!(error instanceof TarError)) throw error
      expect(error.message).toMatch(/\w+ \w+/)
      refused++
    }
  }
  // Both must have happened, or the mutations do not reach what they are for.
  expect(refused).toBeGreaterThan(100)
  expect(refused).toBeLessThan(1500)
})
