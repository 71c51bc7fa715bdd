import type { PackageDatabase } from './system-package.ts'

/** What a file of a package manager is to the reader. */
export type PackageFile =
  | 'dpkg-status'
  | 'dpkg-status-d'
  | 'apk-installed'
  | 'rpm-sqlite'
  | 'rpm-wal'
  | 'rpm-berkeley'
  | 'rpm-ndb'

// Fedora and Amazon Linux 2023 images may have it in either folder; ostree systems in the third.
const RPM_FOLDER = '(?:var/lib/rpm|usr/lib/sysimage/rpm|usr/share/rpm)'

const PATTERNS: readonly (readonly [RegExp, PackageFile])[] = [
  [/^\/var\/lib\/dpkg\/status$/, 'dpkg-status'],
  // Distroless images: one file per package, beside its checksums.
  [/^\/var\/lib\/dpkg\/status\.d\/(?!.*\.md5sums$)[^/]+$/, 'dpkg-status-d'],
  [/^\/(?:usr\/)?lib\/apk\/db\/installed$/, 'apk-installed'],
  [new RegExp(`^/${RPM_FOLDER}/rpmdb\\.sqlite$`), 'rpm-sqlite'],
  [new RegExp(`^/${RPM_FOLDER}/rpmdb\\.sqlite-wal$`), 'rpm-wal'],
  [new RegExp(`^/${RPM_FOLDER}/Packages$`), 'rpm-berkeley'],
  [new RegExp(`^/${RPM_FOLDER}/Packages\\.db$`), 'rpm-ndb'],
]

/** Which database the file belongs to, or `undefined`. */
export function packageFile(path: string): PackageFile | undefined {
  return PATTERNS.find(([pattern]) => pattern.test(path))?.[1]
}

export function formatOf(kind: PackageFile): PackageDatabase['format'] {
  return kind.startsWith('dpkg') ? 'dpkg' : kind === 'apk-installed' ? 'apk' : 'rpm'
}
