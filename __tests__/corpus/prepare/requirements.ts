import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Everything of the largest distribution in `site` that another one requires and that was not asked for by name. */
export function largestRequirement(site: string, requirement: string): readonly string[] {
  if (!existsSync(site)) return []
  const unasked = unaskedFor(site, requirement)
  const required = new Set(distInfos(site).flatMap((info) => requirementsOf(join(site, info))))
  const candidates = unasked
    .filter((info) => required.has(nameOf(info)))
    .map((info) => ({ paths: [...filesOf(site, info), join(site, info)] }))
  const size = ({ paths }: { paths: readonly string[] }) => paths.reduce((sum, path) => sum + statSync(path).size, 0)
  return candidates.toSorted((a, b) => size(b) - size(a))[0]?.paths ?? []
}

/** Everything of every distribution in `site` that was not asked for by name. */
export function everyRequirement(site: string, requirement: string): readonly string[] {
  if (!existsSync(site)) return []
  return unaskedFor(site, requirement).flatMap((info) => [...filesOf(site, info), join(site, info)])
}

function unaskedFor(site: string, requirement: string): readonly string[] {
  const asked = requirement.split(' ').map((one) => normal(one.replace(/[[=<>].*$/, '')))
  return distInfos(site).filter((info) => !asked.includes(nameOf(info)))
}

function distInfos(site: string): readonly string[] {
  return readdirSync(site).filter((name) => name.endsWith('.dist-info'))
}

function filesOf(site: string, info: string): readonly string[] {
  const record = join(site, info, 'RECORD')
  if (!existsSync(record)) return []
  return readFileSync(record, 'utf8')
    .split('\n')
    .map((line) => line.replace(/,[^,]*,[^,]*$/, '').replace(/^"|"$/g, ''))
    .filter((path) => path !== '' && !path.startsWith('..') && !path.startsWith(info))
    .map((path) => join(site, path))
    .filter((path) => existsSync(path))
}

/** Unconditional ones: the marker of another system or an extra asks for nothing here. */
function requirementsOf(info: string): readonly string[] {
  const metadata = join(info, 'METADATA')
  if (!existsSync(metadata)) return []
  const [head = ''] = readFileSync(metadata, 'utf8').split('\n\n', 1)
  return [...head.matchAll(/^Requires-Dist: ([\w.-]+)([^;\n]*)$/gm)].map(([, name = '']) => normal(name))
}

function nameOf(info: string): string {
  return normal(info.slice(0, -'.dist-info'.length).replace(/-[^-]*$/, ''))
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}
