import type { CorpusFolders } from '../corpus-folders.ts'
import { withParts } from '../reality/reality.ts'
import { type Comparison, compare, dependsOnParts } from './comparison.ts'
import type { Judgement } from './judge.ts'
import type { ToJudge } from './worker.ts'

/** Compares, and tries the parts of the packages only where they decide whether an error is right: they take long. */
export async function compareWithParts(
  folders: CorpusFolders,
  { prepared, reality, image }: ToJudge,
  judgement: Judgement,
): Promise<Comparison> {
  const first = compare(prepared, reality, judgement)
  if (first.outcome !== 'false' || !dependsOnParts(prepared, reality)) return first
  return compare(prepared, await withParts(folders, image, reality, prepared), judgement)
}
