import type { UnmetVersion } from '../../loader/load-result.ts'
import { groupBy } from '../facts/examples.ts'
import { packageOfLibrary } from '../facts/installed-packages.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code } from '../facts/wording.ts'

/** `up to GLIBC_2.34 (/lib64/libc.so.6 of package glibc 2.34-52.amzn2023.0.11)`. */
export function availableVersion({ newest, soname, provider }: UnmetVersion, view: RuntimeView): string {
  const has = newest === undefined ? `no such version in ${code(soname)}` : `up to ${code(documented(newest, view))}`
  if (view.confidence === 'table') return has
  const from = packageOfLibrary(soname, provider.path, view)
  return `${has} (${code(provider.path)}${from === undefined ? '' : ` of package ${code(`${from.name} ${from.version}`)}`})`
}

/** Our table takes patch releases in; glibc's documentation speaks of `2.26`. */
function documented(version: string, { confidence }: RuntimeView): string {
  return confidence === 'table' ? version.replace(/^(GLIBC_\d+\.\d+)\.\d+$/, '$1') : version
}

/** Of each library and family the newest version: it decides which system is new enough. */
export function mostTelling(unmet: readonly UnmetVersion[]): readonly UnmetVersion[] {
  const groups = groupBy(unmet, ({ soname, version }) => `${soname} ${version.replace(/_[\d.]+$/, '')}`)
  return [...groups.values()].flatMap((group) => [...group].sort(byVersion).slice(-1))
}

const VERSIONS = new Intl.Collator('en', { numeric: true })

function byVersion(a: UnmetVersion, b: UnmetVersion): number {
  return VERSIONS.compare(a.version, b.version)
}
