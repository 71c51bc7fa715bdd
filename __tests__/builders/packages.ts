import type { FileFacts } from '../../src/inspect/fact-readers.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import type { PackageDatabase } from '../../src/inspect/packages/system-package.ts'

/** Facts of an image whose rpm database holds these packages. */
export function withPackages(
  versions: Readonly<Record<string, string>>,
  overrides: Partial<PackageDatabase> = {},
): FileFacts {
  const packages = Object.entries(versions).map(([name, version]) => ({ name, version, architecture: 'x86_64' }))
  const database = { path: '/var/lib/rpm/rpmdb.sqlite', format: 'rpm', packages, ...overrides } as const
  return { ...NO_FACTS, packages: [database] }
}
