import type { Evidence } from '../../inspect/evidence.ts'
import type { PackageDatabase } from '../../inspect/packages/system-package.ts'

/** Packages of one name in two systems; versions as the distribution writes them, several when several are installed. */
export type PackageChange = { readonly name: string; readonly from?: string; readonly to?: string }

export type PackageChanges = {
  readonly changed: readonly PackageChange[]
  /** Only in the second system. */
  readonly added: readonly PackageChange[]
  /** Only in the first. */
  readonly removed: readonly PackageChange[]
}

/** What the second system has otherwise, in the order of names; a text: why that cannot be told. */
export function packageChanges(from: Side, to: Side): PackageChanges | string {
  const [before, after] = [databases(from), databases(to)]
  if (typeof before === 'string') return before
  if (typeof after === 'string') return after
  if (before.format !== after.format)
    return `the packages of ${from.role} (${before.format}) and of ${to.role} (${after.format}) are of two systems`
  const names = [...new Set([...before.versions.keys(), ...after.versions.keys()])].sort()
  const pairs = names.map((name) => ({ name, from: before.versions.get(name), to: after.versions.get(name) }))
  return {
    changed: pairs.flatMap(({ name, from, to }) =>
      from !== undefined && to !== undefined && from !== to ? [{ name, from, to }] : [],
    ),
    added: pairs.flatMap(({ name, from, to }) => (from === undefined && to !== undefined ? [{ name, to }] : [])),
    removed: pairs.flatMap(({ name, from, to }) => (from !== undefined && to === undefined ? [{ name, from }] : [])),
  }
}

/** `role` with its article, as it stands in a sentence: `the image`. */
export type Side = { readonly role: string; readonly evidence: Evidence }

type Installed = {
  readonly format: PackageDatabase['format']
  readonly versions: ReadonlyMap<string, string>
}

function databases({ role, evidence }: Side): Installed | string {
  const all = evidence.facts.packages
  const unread = all.find((database) => database.unread !== undefined)
  if (unread !== undefined) return `${unread.path} of ${role} was not read: ${unread.unread}`
  // The tools of another distribution may bring an empty database (dpkg on Amazon Linux).
  const [main] = [...all].sort((a, b) => b.packages.length - a.packages.length)
  if (main === undefined || main.packages.length === 0) return `${role} holds no package database`
  const versions = new Map<string, string>()
  for (const { name, version } of main.packages) {
    // rpm counts keys that packages are signed with as packages.
    if (name === 'gpg-pubkey') continue
    const other = versions.get(name)
    if (other === undefined) versions.set(name, version)
    else if (!other.split(', ').includes(version)) versions.set(name, `${other}, ${version}`)
  }
  return { format: main.format, versions }
}

// What native code of functions links: a change of these may be noticed, one of any other package hardly.
const NATIVE =
  /^(?:glibc(?:-|$)|libc6$|musl$|libstdc\+\+(?:6$|$)|libgcc(?:$|-s1$)|openssl-(?:libs$|fips)|libssl|libcrypto|zlib(?:1g)?$|zlib-ng|libxml2|libcurl|nss(?:$|-)|nspr$|libnss3)/

/** True for packages whose libraries native code commonly loads. */
export function isNativeRelevant({ name }: PackageChange): boolean {
  return NATIVE.test(name)
}
