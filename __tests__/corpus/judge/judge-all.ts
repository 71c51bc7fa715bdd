import { Worker } from 'node:worker_threads'
import type { Comparison } from './comparison.ts'
import type { ToJudge } from './worker.ts'

const THREADS = 2

/** Judges and compares installs on two threads, and tells of each; a layer that could not be judged is in `failed`. */
export async function judgeAll(
  work: readonly ToJudge[],
  judged: (comparison: Comparison) => void = () => undefined,
): Promise<{ readonly comparisons: readonly Comparison[]; readonly failed: readonly string[] }> {
  const comparisons: Comparison[] = []
  const failed: string[] = []
  await Promise.all(
    Array.from({ length: THREADS }, (_, thread) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: work.filter((_, index) => index % THREADS === thread),
      })
      worker.on('message', (answer: Comparison | { id: string; failed: string }) => {
        if ('failed' in answer) failed.push(`${answer.id}: ${answer.failed}`)
        else {
          comparisons.push(answer)
          judged(answer)
        }
      })
      return new Promise<void>((resolve, reject) => {
        worker.on('error', reject)
        worker.on('exit', () => resolve())
      })
    }),
  )
  return { comparisons: comparisons.toSorted((a, b) => (a.id < b.id ? -1 : 1)), failed }
}
