import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { packageReader } from '../../../src/inspect/packages/package-reader.ts'
import type { PackageDatabase } from '../../../src/inspect/packages/system-package.ts'
import { makeFile } from '../../builders/evidence.ts'
import { seeded } from '../../builders/random.ts'

function fixture(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(`./fixtures/${name}.gz`, import.meta.url)))
}

/** What is read of these files; the first four bytes are offered, and no more than wanted is given. */
function read(files: Readonly<Record<string, Buffer | string>>): readonly PackageDatabase[] {
  const drafts = Object.entries(files).flatMap(([path, content]) => {
    const bytes = Buffer.from(content)
    const entry = makeFile(path, { size: bytes.length })
    const wanted = packageReader.wants(entry, bytes.subarray(0, 4))
    const draft = wanted === 0 ? undefined : packageReader.read(entry, bytes.subarray(0, wanted))
    return draft === undefined ? [] : [[path, draft] as const]
  })
  return packageReader.finish(new Map(drafts))
}

// `rpm -qa` of the databases says so.
const GLIBC = { name: 'glibc', version: '2.34-52.amzn2023.0.11', architecture: 'x86_64' }
const OPENSSL = { name: 'openssl-libs', version: '1:3.0.8-1.amzn2023.0.18', architecture: 'x86_64' }
const RELEASE = { name: 'system-release', version: '2023.6.20241031-0.amzn2023', architecture: 'noarch' }
const TZDATA = { name: 'tzdata', version: '2024a-1.amzn2023.0.1', architecture: 'noarch' }
const ZLIB = { name: 'zlib', version: '1.2.11-33.amzn2023.0.5', architecture: 'x86_64' }
const AFTER = [GLIBC, OPENSSL, RELEASE, TZDATA]

const SQLITE = '/usr/lib/sysimage/rpm/rpmdb.sqlite'
const BERKELEY = '/var/lib/rpm/Packages'

describe('rpm', () => {
  const sqlite = fixture('rpmdb.sqlite')
  const wal = fixture('rpmdb.sqlite-wal')
  const berkeley = fixture('Packages')

  it.each<[string, Readonly<Record<string, Buffer>>, PackageDatabase]>([
    ['an SQLite database', { [SQLITE]: sqlite }, { path: SQLITE, format: 'rpm', packages: [GLIBC, TZDATA, ZLIB] }],
    [
      'one with an empty log',
      { [SQLITE]: sqlite, [`${SQLITE}-wal`]: Buffer.alloc(0) },
      { path: SQLITE, format: 'rpm', packages: [GLIBC, TZDATA, ZLIB] },
    ],
    [
      'what a log left behind committed',
      { [`${SQLITE}-wal`]: wal, [SQLITE]: sqlite },
      { path: SQLITE, format: 'rpm', packages: AFTER },
    ],
    [
      // The 67th frame commits that zlib was erased.
      'a log that ends in the middle of a commit',
      { [SQLITE]: sqlite, [`${SQLITE}-wal`]: wal.subarray(0, 32 + 67 * (24 + 4096) - 1) },
      { path: SQLITE, format: 'rpm', packages: [GLIBC, OPENSSL, RELEASE, TZDATA, ZLIB] },
    ],
    ['a Berkeley DB hash', { [BERKELEY]: berkeley }, { path: BERKELEY, format: 'rpm', packages: AFTER }],
    [
      'the ndb format',
      { '/var/lib/rpm/Packages.db': Buffer.from('RpmP') },
      { path: '/var/lib/rpm/Packages.db', format: 'rpm', packages: [], unread: 'the ndb format of rpm is not read' },
    ],
  ])('reads %s', (_, files, expected) => {
    expect(read(files)).toEqual([expected])
  })

  it('passes over frames of a log that are left over from an earlier use', () => {
    const stale = Buffer.from(wal)
    stale.writeUInt32BE(stale.readUInt32BE(32 + 8) + 1, 32 + 8)
    expect(read({ [SQLITE]: sqlite, [`${SQLITE}-wal`]: stale })[0]?.packages).toEqual([GLIBC, TZDATA, ZLIB])
  })

  it.each([
    ['no database', { [SQLITE]: Buffer.from('hello') }, 'it is no SQLite database'],
    ['a database cut short', { [SQLITE]: sqlite.subarray(0, 8192) }, 'its pages are not linked as a tree'],
    ['a log without its database', { [SQLITE]: sqlite.subarray(0, 200), [`${SQLITE}-wal`]: wal }, 'it is cut short'],
    ['another kind of Berkeley DB', { [BERKELEY]: Buffer.alloc(4096) }, 'it is no Berkeley DB hash'],
    ['a hash cut short', { [BERKELEY]: berkeley.subarray(0, 20_480) }, 'a value ends too early'],
  ])('says why it cannot read %s', (_, files, unread) => {
    expect(read(files)).toEqual([expect.objectContaining({ packages: [], unread })])
  })

  it('survives whatever is done to a database', () => {
    const random = seeded(7)
    for (const [path, original] of [
      [SQLITE, sqlite],
      [BERKELEY, berkeley],
    ] as const) {
      for (let round = 0; round < 60; round++) {
        const bytes = Buffer.from(original)
        for (let flip = 0; flip < 200; flip++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
        expect(read({ [path]: bytes })).toHaveLength(1)
      }
    }
  })

  it('reads no more than the file holds of one whose entries overlap', () => {
    const pageSize = berkeley.readUInt32LE(20)
    const page = pageSize
    const bytes = Buffer.from(berkeley.subarray(0, 2 * pageSize))
    bytes.writeUInt8(13, page + 25)
    bytes.writeUInt16LE(1000, page + 20)
    // Every value is the whole page.
    for (let index = 0; index < 1000; index++) bytes.writeUInt16LE(index % 2 ? 2100 : 4096, page + 26 + index * 2)
    bytes.writeUInt8(1, page + 2100)
    expect(read({ [BERKELEY]: bytes })[0]?.unread).toBe('its entries describe more than the file holds')
  })
})

describe('dpkg', () => {
  it('tells what is installed, not what only left its configuration', () => {
    const status = [
      'Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.36-9+deb12u14\nDescription: C\n Version: of a line that goes on\n',
      'Package: nginx\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 1.22\n',
      'Package: broken\nStatus: install ok half-configured\nVersion: 1:2-1\n',
    ].join('\n')
    expect(read({ '/var/lib/dpkg/status': status })).toEqual([
      {
        path: '/var/lib/dpkg/status',
        format: 'dpkg',
        packages: [
          { name: 'broken', version: '1:2-1' },
          { name: 'libc6', version: '2.36-9+deb12u14', architecture: 'amd64' },
        ],
      },
    ])
  })

  it('takes the files of a distroless image as one database', () => {
    const folder = '/var/lib/dpkg/status.d'
    const files = {
      [`${folder}/tzdata`]: 'Package: tzdata\nVersion: 2024a-0\nArchitecture: all\n',
      [`${folder}/libc6`]: 'Package: libc6\nVersion: 2.36-9\nArchitecture: amd64\n',
      [`${folder}/libc6.md5sums`]: 'd41d8cd98f00b204e9800998ecf8427e  lib/x\n',
    }
    expect(read(files)).toEqual([
      {
        path: folder,
        format: 'dpkg',
        packages: [
          { name: 'libc6', version: '2.36-9', architecture: 'amd64' },
          { name: 'tzdata', version: '2024a-0', architecture: 'all' },
        ],
      },
    ])
  })
})

it('reads the packages of Alpine', () => {
  const installed =
    'C:Q1abc=\nP:musl\nV:1.2.5-r9\nA:x86_64\nS:1\nF:lib\nR:ld-musl-x86_64.so.1\na:0:0:755\nV:of a file\n\nC:Q1d=\nP:zlib\nV:1.3.1-r2\nA:x86_64\n\n'
  expect(read({ '/lib/apk/db/installed': installed })).toEqual([
    {
      path: '/lib/apk/db/installed',
      format: 'apk',
      packages: [
        { name: 'musl', version: '1.2.5-r9', architecture: 'x86_64' },
        { name: 'zlib', version: '1.3.1-r2', architecture: 'x86_64' },
      ],
    },
  ])
})

it('wants nothing of other files, nor of a layer that brings a database', () => {
  expect(read({ '/var/task/var/lib/dpkg/status': 'Package: a\nVersion: 1\n', '/opt/rpmdb.sqlite': 'x' })).toEqual([])
})
