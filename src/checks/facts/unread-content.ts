import type { Evidence } from '../../inspect/evidence.ts'
import { MOST_CONTENT } from '../../layer/layer-paths.ts'
import type { RuleId } from '../catalogue.ts'
import { counted, megabytes } from './wording.ts'

/** Rules about a layer that ask for names, modes, sizes and links, never for what files hold. */
export const RULES_ABOUT_NAMES: ReadonlySet<string> = new Set<RuleId>([
  'size-limit',
  'layer-layout',
  'broken-link',
  'runtime-deprecated',
  // Says of itself which entries it did not unpack.
  'zip-entries',
])

/**
 * Why a rule cannot judge a layer whose content was not read to its end: what is not known may be the library that it
 * misses, or the package that asks for it. Absent: it can.
 */
export function unreadContent(rule: string, artifact: Evidence): string | undefined {
  return RULES_ABOUT_NAMES.has(rule) ? undefined : unreadFiles(artifact)
}

export function unreadFiles({ layer }: Evidence): string | undefined {
  if (layer?.unread === undefined) return undefined
  const { files, bytes } = layer.unread
  return `of a layer ${megabytes(MOST_CONTENT)} are read, and ${counted(files, 'file')} of ${megabytes(bytes)} ${files === 1 ? 'lies' : 'lie'} behind them`
}
