import { parentPort, workerData } from 'node:worker_threads'
import { corpusFolders } from '../corpus-folders.ts'
import type { Prepared } from '../prepare/prepared.ts'
import type { Reality } from '../reality/reality.ts'
import type { RuntimeImage } from '../runtime-image.ts'
import { compareWithParts } from './compare-with-parts.ts'
import type { Comparison } from './comparison.ts'
import { judge } from './judge.ts'

export type ToJudge = { readonly prepared: Prepared; readonly reality: Reality; readonly image: RuntimeImage }

const folders = corpusFolders()
for (const toJudge of workerData as readonly ToJudge[]) {
  const { prepared, image } = toJudge
  let answer: Comparison | { readonly id: string; readonly failed: string }
  try {
    answer = await compareWithParts(folders, toJudge, await judge(folders, prepared, image))
  } catch (error) {
    answer = { id: prepared.install.id, failed: (error as Error).stack ?? String(error) }
  }
  parentPort?.postMessage(answer)
}
