import { describe, expect, it } from 'vitest'
import { tarFileSystemReader } from '../../src/inspect/tar-file-system.ts'
import { buildElf } from '../builders/elf.ts'
import { chunksOf, seeded } from '../builders/random.ts'
import { buildTar, type TarFile } from '../builders/tar.ts'

const ELF = buildElf({
  class: 64,
  littleEndian: true,
  machine: 62,
  soname: 'libc.so.6',
  versionsDefined: ['GLIBC_2.34'],
})

const IMAGE: readonly TarFile[] = [
  { name: 'etc/', type: '5', mode: 0o755 },
  { name: 'etc/os-release', type: '2', link: '../usr/lib/os-release' },
  { name: 'usr/lib/os-release', content: 'ID=amzn\nVERSION_ID="2023"\nPRETTY_NAME="Amazon Linux 2023.6.20241031"\n' },
  { name: 'usr/lib64/libc.so.6', mode: 0o755, content: ELF },
  { name: 'usr/lib64/libc-hard.so', type: '1', link: 'usr/lib64/libc.so.6' },
  { name: 'entry.sh', mode: 0o755, content: '#!/bin/sh\r\nexec "$@"\n' },
  { name: 'entry-hard.sh', type: '1', mode: 0o755, link: 'entry.sh' },
  { name: 'marked.sh', mode: 0o755, content: '\uFEFF#!/bin/sh\n' },
  { name: 'endless', mode: 0o755, content: `#!/${'x'.repeat(5000)}` },
  { name: 'data.sh', mode: 0o644, content: '#!/bin/sh\n' },
  { name: 'tiny', mode: 0o755, content: '#!' },
  { name: 'empty', mode: 0o755 },
  { name: 'var/task/pipe', type: '6' },
]

function read(files: readonly TarFile[], largest: number) {
  const reader = tarFileSystemReader()
  for (const chunk of chunksOf(buildTar(files), largest, seeded(largest))) reader.write(chunk)
  return reader.end()
}

describe.each([1, 2, 3, 5, 700, 100_000])('an image read in chunks of up to %i bytes', (largest) => {
  const image = read(IMAGE, largest)

  it('has every file with type, mode and link', () => {
    expect(image.files.map(({ path, type, link }) => [path, type, link])).toEqual([
      ['/etc', 'directory', undefined],
      ['/etc/os-release', 'symlink', '../usr/lib/os-release'],
      ['/usr/lib/os-release', 'file', undefined],
      ['/usr/lib64/libc.so.6', 'file', undefined],
      ['/usr/lib64/libc-hard.so', 'hardlink', '/usr/lib64/libc.so.6'],
      ['/entry.sh', 'file', undefined],
      ['/entry-hard.sh', 'hardlink', '/entry.sh'],
      ['/marked.sh', 'file', undefined],
      ['/endless', 'file', undefined],
      ['/data.sh', 'file', undefined],
      ['/tiny', 'file', undefined],
      ['/empty', 'file', undefined],
      ['/var/task/pipe', 'other', undefined],
    ])
    expect(image.files[3]).toEqual({
      path: '/usr/lib64/libc.so.6',
      type: 'file',
      mode: 0o755,
      uid: 0,
      gid: 0,
      size: ELF.length,
      mtime: 1_700_000_000,
    })
  })

  it('has the ELF facts, of hard links too', () => {
    expect([...image.elf.keys()]).toEqual(['/usr/lib64/libc.so.6', '/usr/lib64/libc-hard.so'])
    expect(image.elf.get('/usr/lib64/libc-hard.so')).toMatchObject({
      path: '/usr/lib64/libc-hard.so',
      soname: 'libc.so.6',
      versionsDefined: ['GLIBC_2.34'],
    })
  })

  it('has first lines of executable scripts, byte order mark and carriage return kept, cut where the kernel cuts', () => {
    expect(Object.fromEntries(image.firstLines)).toEqual({
      '/entry.sh': '#!/bin/sh\r',
      '/entry-hard.sh': '#!/bin/sh\r',
      '/marked.sh': '\uFEFF#!/bin/sh',
      '/endless': `#!/${'x'.repeat(253)}`,
      '/tiny': '#!',
    })
  })

  it('has the text of files that facts come from', () => {
    expect(image.texts.get('/usr/lib/os-release')).toMatch(/^ID=amzn\n.*20241031"\n$/s)
  })
})

it('leaves out what Docker adds to every container, and nothing that only resembles it', () => {
  const added: TarFile[] = [
    { name: '.dockerenv', mode: 0o755 },
    { name: 'dev/', type: '5' },
    { name: 'dev/console' },
    { name: 'dev/pts/', type: '5' },
    { name: 'dev/shm/', type: '5' },
    { name: 'etc/hosts' },
    { name: 'etc/hostname' },
    { name: 'etc/resolv.conf' },
    { name: 'etc/mtab', type: '2', link: '/proc/mounts' },
  ]
  expect(read(added, 512).files.map(({ path }) => path)).toEqual(['/dev'])
  const own: TarFile[] = [
    { name: 'etc/hosts', content: '127.0.0.1 own' },
    { name: 'etc/mtab', type: '2', link: '../proc/self/mounts' },
    { name: 'app/.dockerenv' },
  ]
  expect(read(own, 512).files).toHaveLength(3)
})

describe('a compiled module of Python', () => {
  const site = 'opt/python/fast'
  const tag = 'cpython-311-x86_64-linux-gnu.so'
  const compiled = (...names: string[]) => Buffer.concat([ELF, Buffer.from(`\0_cython_3_1_0\0${names.join('\0')}\0`)])
  const files: readonly TarFile[] = [
    { name: `${site}/a.${tag}`, content: compiled('fast.b') },
    { name: `${site}/b.${tag}`, content: compiled('fast.b') },
    { name: 'usr/bin/program', mode: 0o755, content: ELF },
  ]

  it.each([3, 100_000])('is an ELF file and a fact, in chunks of up to %i bytes', (largest) => {
    const { elf, facts } = read(files, largest)
    expect([...elf.values()].map(({ path, soname }) => [path, soname])).toEqual(
      files.map(({ name }) => [`/${name}`, 'libc.so.6']),
    )
    expect(facts.python).toEqual([{ kind: 'compiled', path: `/${site}/a.${tag}`, imports: ['fast.b'] }])
    expect(Object.values(facts).flat()).toHaveLength(1)
  })
})
