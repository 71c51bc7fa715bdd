import * as v from 'valibot'
import type { SmokeCase } from '../../report/report.ts'

const RESULTS = v.array(
  v.object({
    name: v.string(),
    millis: v.number(),
    loaded: v.optional(v.object({ classes: v.number(), natives: v.optional(v.array(v.string())) })),
    /** MB that it was tried with again. */
    memorySize: v.optional(v.number()),
    error: v.optional(
      v.object({
        type: v.string(),
        message: v.string(),
        log: v.string(),
        runsAsCommand: v.optional(v.boolean()),
        /** It ended the process that loads it, and raised nothing. */
        endedItself: v.optional(v.boolean()),
      }),
    ),
  }),
)
/** How the load of one package went, as the function that loaded it tells. */
export type ImportResult = v.InferOutput<typeof RESULTS>[number]

/** `undefined`: the function did not come to tell. */
export function importResults(one: SmokeCase | undefined): readonly ImportResult[] | undefined {
  const results = v.safeParse(RESULTS, one?.response)
  return one?.status === 'passed' && results.success ? results.output : undefined
}

/** Nobody else sends this signal there; V8 and Python say it themselves. */
export function isStarved({ error }: Pick<ImportResult, 'error'>): boolean {
  if (error === undefined) return false
  const { type, message, log } = error
  if (type !== 'Signal') return type === 'MemoryError'
  return /(?:signal 9|SIGKILL)$/.test(message) || /heap out of memory/.test(log)
}
