import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { FileSystem } from '../../src/inspect/file-system.ts'
import { systemFacts } from '../../src/inspect/system-facts.ts'
import { tarFileSystemReader } from '../../src/inspect/tar-file-system.ts'
import { buildElf, type ElfContent } from '../builders/elf.ts'
import { buildTar, type TarFile } from '../builders/tar.ts'

const LAMBDA = {
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  LD_LIBRARY_PATH: '/var/lang/lib:/lib64:/usr/lib64:/var/runtime',
}

function elf(name: string, content: Partial<ElfContent> = {}, text = ''): TarFile {
  const bytes = buildElf({ class: 64, littleEndian: true, machine: 62, ...content })
  return { name, mode: 0o755, content: Buffer.concat([bytes, Buffer.from(text, 'latin1')]) }
}

function image(files: readonly TarFile[]): FileSystem {
  const reader = tarFileSystemReader()
  reader.write(buildTar(files))
  return reader.end()
}

const AMAZON_LINUX = [
  { name: 'lib64', type: '2', link: 'usr/lib64' },
  { name: 'etc/os-release', type: '2', link: '../usr/lib/os-release' },
  {
    name: 'usr/lib/os-release',
    content: 'NAME="Amazon Linux"\nID="amzn"\nVERSION_ID="2023"\nPRETTY_NAME="Amazon Linux 2023"\n',
  },
  { name: 'etc/system-release', type: '2', link: 'amazon-linux-release' },
  { name: 'etc/amazon-linux-release', content: 'Amazon Linux release 2023.6.20241031 (Amazon Linux)\n' },
  elf('usr/lib64/libc.so.6', { versionsDefined: ['GLIBC_2.2.5', 'GLIBC_2.9', 'GLIBC_2.34', 'GLIBC_PRIVATE'] }),
  elf('usr/lib64/libstdc++.so.6.0.29', { versionsDefined: ['GLIBCXX_3.4', 'GLIBCXX_3.4.9', 'GLIBCXX_3.4.29'] }),
  { name: 'usr/lib64/libstdc++.so.6', type: '2', link: 'libstdc++.so.6.0.29' },
  elf('usr/lib64/libcrypto.so.3.0.8', {}, 'OpenSSL FIPS\0OpenSSL 3.0.8 7 Feb 2023\0'),
  { name: 'usr/lib64/libcrypto.so.3', type: '2', link: 'libcrypto.so.3.0.8' },
]

const rpmDatabase = gunzipSync(readFileSync(new URL('./packages/fixtures/Packages.gz', import.meta.url)))

describe('an image of Amazon Linux', () => {
  it('tells its system, C library and libraries', () => {
    expect(systemFacts(image(AMAZON_LINUX), LAMBDA)).toEqual({
      os: { id: 'amzn', versionId: '2023', prettyName: 'Amazon Linux 2023', release: '2023.6.20241031' },
      libc: { family: 'glibc', version: '2.34' },
      tools: { libstdcxx: '3.4.29', openssl: '3.0.8' },
    })
  })

  it('tells its dated release from the package where the files do not', () => {
    const files = [
      { name: 'etc/os-release', content: 'ID="amzn"\nVERSION_ID="2023"\nPRETTY_NAME="Amazon Linux 2023"\n' },
      { name: 'var/lib/rpm/Packages', content: rpmDatabase },
    ]
    expect(systemFacts(image(files), LAMBDA).os?.release).toBe('2023.6.20241031')
  })

  it('prefers what the library path finds first', () => {
    const own = elf('var/lang/lib/libcrypto.so.3', {}, 'OpenSSL 3.2.2 4 Jun 2024\0')
    expect(systemFacts(image([...AMAZON_LINUX, own]), LAMBDA).tools.openssl).toBe('3.2.2')
  })

  it('believes the banner of glibc more than its highest symbol version', () => {
    const libc = elf('usr/lib64/libc.so.6', { versionsDefined: ['GLIBC_2.30'] }, 'stable release version 2.31.\n')
    expect(systemFacts(image([libc]), LAMBDA).libc).toEqual({ family: 'glibc', version: '2.31' })
  })
})

it('tells musl from glibc by what most programs start with', () => {
  const musl = [
    elf('lib/ld-musl-x86_64.so.1', {}, 'x\x001.2.5\0y'),
    elf('bin/busybox', { interpreter: '/lib/ld-musl-x86_64.so.1' }),
  ]
  const gcompat = elf('lib/libc.so.6', { versionsDefined: ['GLIBC_2.2.5'] })
  expect(systemFacts(image([...musl, gcompat]), {}).libc).toEqual({ family: 'musl', version: '1.2.5' })
  const glibc = ['sh', 'ls'].map((name) => elf(`bin/${name}`, { interpreter: '/lib64/ld-linux-x86-64.so.2' }))
  expect(systemFacts(image([...musl, gcompat, ...glibc]), {}).libc).toEqual({ family: 'glibc', version: '2.2.5' })
})

it('knows nothing of an image that holds one program', () => {
  expect(systemFacts(image([elf('bootstrap')]), {})).toEqual({ tools: {} })
})

describe('languages', () => {
  const header = '#define NODE_MAJOR_VERSION 22\n#define NODE_MINOR_VERSION 11\n#define NODE_PATCH_VERSION 0\n'
  const url = 'https://nodejs.org/download/release/v20.18.1/node-v20.18.1-headers.tar.gz'

  it.each<[string, readonly TarFile[], Readonly<Record<string, string>>]>([
    [
      'Node.js by its headers',
      [elf('var/lang/bin/node', {}, url), { name: 'var/lang/include/node/node_version.h', content: header }],
      { node: '22.11.0' },
    ],
    ['Node.js by the program', [elf('var/lang/bin/node', {}, url)], { node: '20.18.1' }],
    ['no Node.js that PATH does not find', [elf('opt/tools/node', {}, url)], {}],
    [
      'Python by its name',
      [elf('usr/bin/python3.11'), { name: 'usr/bin/python3', type: '2', link: 'python3.11' }],
      { python: '3.11' },
    ],
    [
      'Python by the program, not by what it was linked with',
      [
        elf('usr/bin/python3.11', {}, 'x\x003.45.1\0y\x003.11.2\0z'),
        { name: 'usr/bin/python3', type: '2', link: 'python3.11' },
      ],
      { python: '3.11.2' },
    ],
    [
      'Python by its library',
      [
        elf('var/lang/bin/python3.12', { needed: ['libpython3.12.so.1.0'] }),
        { name: 'var/lang/bin/python3', type: '2', link: 'python3.12' },
        elf('var/lang/lib/libpython3.12.so.1.0', {}, 'x\x003.12.14+\0y'),
      ],
      { python: '3.12.14+' },
    ],
    [
      'Python by its headers',
      [
        elf('var/lang/bin/python3.12'),
        { name: 'var/lang/bin/python3', type: '2', link: '/var/lang/bin/python3.12' },
        { name: 'var/lang/include/python3.12/patchlevel.h', content: '#define PY_VERSION      "3.12.7"\n' },
      ],
      { python: '3.12.7' },
    ],
    [
      'Java',
      [
        elf('var/lang/bin/java'),
        { name: 'var/lang/release', content: 'IMPLEMENTOR="Amazon"\nJAVA_VERSION="21.0.5"\n' },
      ],
      { java: '21.0.5' },
    ],
    [
      'Java 8',
      [elf('var/lang/bin/java'), { name: 'var/lang/release', content: 'JAVA_VERSION="1.8.0_432"\n' }],
      { java: '8.0_432' },
    ],
    [
      'Ruby by its library',
      [
        elf('var/lang/bin/ruby', { needed: ['libruby.so.3.3', 'libc.so.6'] }),
        { name: 'var/lang/lib/libruby.so.3.3', type: '2', link: 'libruby.so.3.3.6' },
        elf('var/lang/lib/libruby.so.3.3.6', {}, 'ruby ruby 3.3.6 (2024-11-05 revision 75015d4c1f) [x86_64-linux]\0'),
      ],
      { ruby: '3.3.6' },
    ],
    [
      'Ruby by the program',
      [elf('var/lang/bin/ruby', {}, 'ruby 3.1.2p20 (2022-04-12 revision 4491bb740a) [x86_64-linux-gnu]\0')],
      { ruby: '3.1.2' },
    ],
    [
      '.NET by its newest framework',
      [
        elf('var/lang/bin/dotnet'),
        { name: 'var/lang/bin/shared/Microsoft.NETCore.App/8.0.9/', type: '5' },
        { name: 'var/lang/bin/shared/Microsoft.NETCore.App/8.0.11/', type: '5' },
        { name: 'var/lang/bin/shared/Microsoft.NETCore.App/8.0.11/System.dll', content: 'MZ' },
      ],
      { dotnet: '8.0.11' },
    ],
  ])('%s', (_, files, tools) => {
    expect(systemFacts(image(files), LAMBDA).tools).toEqual(tools)
  })
})
