import { posix } from 'node:path'
import type { Subject } from '../check.ts'
import { packageFolder } from '../facts/package-folder.ts'
import { type NodeReport, nodeReports } from './node-failures.ts'
import { inPackage } from './resolve-module.ts'

/**
 * Whether packages of Node.js come to an addon, as their scripts say: `loaded` where one fails without it, `unknown` where
 * none does. `undefined` where the scripts do not tell.
 */
export function nodeUse(path: string, subject: Subject): 'loaded' | 'unknown' | undefined {
  if (!path.endsWith('.node') || !path.includes('/node_modules/')) return undefined
  const reports = nodeReports(subject)
  if (reports.some((report) => failsOf(path, report))) return 'loaded'
  return reports.length > 0 && reports.every((report) => isFollowed(path, report)) ? 'unknown' : undefined
}

function failsOf(path: string, { failures, uses }: NodeReport): boolean {
  return (
    failures.some(({ failure }) => failure.addon?.path === path) ||
    uses.some(({ addon, isNeeded }) => isNeeded && !addon.ok && addon.path === path)
  )
}

/** All roots were followed to their ends, and one of them came to it, or the scripts of its package were kept. */
function isFollowed(path: string, { tree, unfollowed, uses }: NodeReport): boolean {
  if (unfollowed.length === 0 && uses.some(({ addon }) => (addon.ok ? addon.file.path : addon.path) === path))
    return true
  const entry = inPackage(tree, packageFolder(path), '', 'require')
  return (
    unfollowed.length === 0 &&
    typeof entry === 'object' &&
    posix.extname(entry.path) !== '.node' &&
    tree.scriptAt(entry.path)?.source !== undefined
  )
}
