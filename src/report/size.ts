import { quota } from '../lambda/quotas.ts'
import { breakableCode, shorten } from './escape.ts'
import type { FolderBytes, Report, Sizes } from './report.ts'

const BAR_CELLS = 10

/** Bytes as MB of 1024² bytes, as Lambda's quotas count. */
export function megabytes(bytes: number): string {
  const value = bytes / 1024 / 1024
  if (bytes > 0 && value < 0.05) return `${Math.ceil(bytes / 1024)} kB`
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} MB`
}

/** `+3.1 MB`, `−12 MB`, `unchanged`; `undefined` without a baseline. */
export function sizeChange(now: Sizes, before: Sizes | undefined): string | undefined {
  return before === undefined ? undefined : change(now.uncompressed - before.uncompressed)
}

function change(bytes: number): string {
  if (bytes === 0) return 'unchanged'
  const shown = Math.abs(bytes) < 52_429 ? `${Math.ceil(Math.abs(bytes) / 1024)} kB` : megabytes(Math.abs(bytes))
  return `${bytes > 0 ? '+' : '−'}${shown}`
}

/** Where most of the bytes lie, drawn: looking at it beats reading numbers. Empty where nobody asks for it. */
export function folderTable(report: Report): string {
  const { subject, baseline } = report
  const { largestFolders = [] } = subject
  if (!isSizeOfInterest(report)) return ''
  const before = baseline?.largestFolders
  const most = Math.max(...largestFolders.map((one) => one.bytes))
  const rows = largestFolders.map((folder) => {
    const since = before === undefined ? '' : ` ${folderChange(folder, before)} |`
    return `| ${breakableCode(shorten(folder.path, 120)) || '–'} | ${bar(folder.bytes, most)} ${megabytes(folder.bytes)} |${since}`
  })
  const head =
    before === undefined ? ['| folder | size |', '|---|---|'] : ['| folder | size | baseline |', '|---|---|---|']
  return [...head, ...rows].join('\n')
}

/** A size that comes near its limit, is complained of, or has changed in one of the folders. */
function isSizeOfInterest({ subject, baseline, findings }: Report): boolean {
  const { kind, bytes, largestFolders = [] } = subject
  if (largestFolders.length === 0 || bytes === undefined || bytes.uncompressed === 0) return false
  if (bytes.uncompressed > SHARE_OF_LIMIT * quota(LIMIT[kind]).value) return true
  if (findings.some(({ rule }) => rule === 'size-limit')) return true
  const before = new Map(baseline?.largestFolders?.map((one) => [one.path, one.bytes]))
  return before.size > 0 && largestFolders.some((one) => before.get(one.path) !== one.bytes)
}

const SHARE_OF_LIMIT = 0.2
const LIMIT = { image: 'image-uncompressed', layer: 'unzipped-with-layers' } as const

function folderChange({ path, bytes }: FolderBytes, before: readonly FolderBytes[]): string {
  const earlier = before.find((one) => one.path === path)
  // Only the largest of the baseline are known.
  return earlier === undefined ? '–' : change(bytes - earlier.bytes)
}

function bar(bytes: number, most: number): string {
  const cells = Math.max(1, Math.round((bytes / most) * BAR_CELLS))
  return '█'.repeat(cells)
}
