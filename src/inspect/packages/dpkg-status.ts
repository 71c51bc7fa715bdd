import type { SystemPackage } from './system-package.ts'

/**
 * Installed packages of a file in the form of /var/lib/dpkg/status (dpkg's database, Debian Policy §5.3). Packages that
 * were removed but left their configuration are none; the files of distroless images have no Status at all.
 */
export function dpkgStatus(text: string): readonly SystemPackage[] {
  return text.split(/\n[ \t]*\n/).flatMap((paragraph) => {
    const name = field(paragraph, 'Package')
    const version = field(paragraph, 'Version')
    const state = field(paragraph, 'Status')?.split(/\s+/)[2] ?? 'installed'
    if (name === undefined || version === undefined || !HAS_FILES.has(state)) return []
    const architecture = field(paragraph, 'Architecture')
    return [{ name, version, ...(architecture === undefined ? {} : { architecture }) }]
  })
}

/** Third word of Status: unpacked files are there, even where configuring failed or waits (dpkg-query(1)). */
const HAS_FILES = new Set(['installed', 'unpacked', 'half-configured', 'triggers-awaited', 'triggers-pending'])

function field(paragraph: string, name: string): string | undefined {
  const start = paragraph.startsWith(`${name}:`) ? 0 : paragraph.indexOf(`\n${name}:`) + 1
  if (start === 0 && !paragraph.startsWith(`${name}:`)) return undefined
  const end = paragraph.indexOf('\n', start)
  const value = paragraph.slice(start + name.length + 1, end === -1 ? undefined : end).trim()
  return value === '' ? undefined : value
}
