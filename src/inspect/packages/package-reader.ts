import { posix } from 'node:path'
import { type FactReader, MOST_WANTED, sorted } from '../fact-reader.ts'
import { apkInstalled } from './apk-installed.ts'
import { berkeleyHashValues } from './berkeley-hash.ts'
import { dpkgStatus } from './dpkg-status.ts'
import { formatOf, type PackageFile, packageFile } from './package-files.ts'
import { rpmPackage } from './rpm-header.ts'
import { sqliteRows } from './sqlite-table.ts'
import type { PackageDatabase, SystemPackage } from './system-package.ts'
import { Unread } from './unread.ts'

/** Either what the file says alone, or a copy of its bytes: an rpm database and its log are two files. */
type Draft = { readonly kind: PackageFile } & (
  | { readonly packages: readonly SystemPackage[] }
  | { readonly bytes: Buffer }
  | { readonly unread: string }
)

/** Packages that the system's package manager has installed. */
export const packageReader: FactReader<Draft, PackageDatabase> = {
  wants({ path, size }) {
    return packageFile(path) === undefined ? 0 : Math.min(size, MOST_WANTED)
  },
  read({ path, size }, bytes): Draft | undefined {
    const kind = packageFile(path)
    if (kind === undefined) return undefined
    if (bytes.length < size) return { kind, unread: `it has ${size} bytes, more than are kept` }
    switch (kind) {
      case 'dpkg-status':
      case 'dpkg-status-d':
        return { kind, packages: dpkgStatus(bytes.toString('utf8')) }
      case 'apk-installed':
        return { kind, packages: apkInstalled(bytes.toString('utf8')) }
      case 'rpm-ndb':
        return { kind, unread: 'the ndb format of rpm is not read' }
      default:
        return { kind, bytes: Buffer.from(bytes) }
    }
  },
  finish(drafts) {
    const single = [...drafts].filter(([, { kind }]) => kind !== 'dpkg-status-d' && kind !== 'rpm-wal')
    const databases = single.map(([path, draft]) => database(path, draft, drafts.get(`${path}-wal`)))
    return sorted([...databases, ...distroless(drafts)])
  },
}

function database(path: string, draft: Draft, log: Draft | undefined): PackageDatabase {
  const format = formatOf(draft.kind)
  if ('unread' in draft) return { path, format, packages: [], unread: draft.unread }
  if ('packages' in draft) return { path, format, packages: ordered(draft.packages) }
  try {
    const wal = log !== undefined && 'bytes' in log ? log.bytes : undefined
    const headers = draft.kind === 'rpm-berkeley' ? berkeleyHeaders(draft.bytes) : sqliteHeaders(draft.bytes, wal)
    const packages = ordered(headers.map(rpmPackage))
    return log !== undefined && 'unread' in log
      ? { path, format, packages, unread: `its log was not read: ${log.unread}` }
      : { path, format, packages }
  } catch (error) {
    // A RangeError: an offset of the file leads out of it.
    if (!(error instanceof Unread) && !(error instanceof RangeError)) throw error
    return { path, format, packages: [], unread: error instanceof Unread ? error.message : 'it is damaged' }
  }
}

function sqliteHeaders(file: Buffer, wal: Buffer | undefined): readonly Buffer[] {
  return sqliteRows(file, wal, 'Packages').flatMap(([, blob]) => (blob instanceof Buffer ? [blob] : []))
}

/** One of the values, of four bytes, is the number that the next package will have. */
function berkeleyHeaders(file: Buffer): readonly Buffer[] {
  return berkeleyHashValues(file).filter(({ length }) => length > 4)
}

function distroless(drafts: ReadonlyMap<string, Draft>): readonly PackageDatabase[] {
  const files = [...drafts].filter(([, { kind }]) => kind === 'dpkg-status-d')
  const [first] = files
  if (first === undefined) return []
  const packages = files.flatMap(([, draft]) => ('packages' in draft ? draft.packages : []))
  return [{ path: posix.dirname(first[0]), format: 'dpkg', packages: ordered(packages) }]
}

function ordered(packages: readonly SystemPackage[]): readonly SystemPackage[] {
  const key = ({ name, version, architecture }: SystemPackage) => `${name}\0${version}\0${architecture ?? ''}`
  return [...packages].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
