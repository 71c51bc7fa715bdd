import { breakableCode, shorten } from './escape.ts'
import type { FolderBytes, Report, Sizes } from './report.ts'

const BAR_CELLS = 10

/** Bytes as MB of 1024² bytes, as Lambda's quotas count. */
export function megabytes(bytes: number): string {
  const value = bytes / 1024 / 1024
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

/** Where most of the bytes lie, drawn: looking at it beats reading numbers. */
export function folderTable({ subject: { largestFolders = [], bytes }, baseline }: Report): string {
  if (largestFolders.length === 0 || bytes === undefined || bytes.uncompressed === 0) return ''
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

function folderChange({ path, bytes }: FolderBytes, before: readonly FolderBytes[]): string {
  const earlier = before.find((one) => one.path === path)
  // Only the largest of the baseline are known.
  return earlier === undefined ? '–' : change(bytes - earlier.bytes)
}

function bar(bytes: number, most: number): string {
  const cells = Math.max(1, Math.round((bytes / most) * BAR_CELLS))
  return '█'.repeat(cells)
}
