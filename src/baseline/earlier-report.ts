import * as v from 'valibot'
import type { Report } from '../report/report.ts'

/** What is compared of an earlier report.json: somebody else's file, so everything that is used is checked. */
export type EarlierReport = v.InferOutput<typeof EARLIER>

/** Of a report that can be read, or why the file is none: whole sentences. */
export type EarlierReportRead = { readonly report: EarlierReport } | { readonly complaint: string }

/** 64 MiB: a thousand times the report of a large image. */
export const LARGEST_REPORT = 64 * 1024 * 1024
/** The one schema that this version reads (contract: additive changes only within a number). */
const SCHEMA: Report['schema'] = 1

const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0))
const BYTES = v.object({ compressed: v.exactOptional(COUNT), uncompressed: COUNT })
const FOLDER = v.object({ path: v.string(), bytes: COUNT })
const DIGEST = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/))

const ENVIRONMENT = v.object({
  reference: v.string(),
  digest: v.exactOptional(DIGEST),
  os: v.exactOptional(v.object({ prettyName: v.string(), release: v.exactOptional(v.string()) })),
})

// Members that speak of that run alone (its line of the Dockerfile, its smoke, its own baseline) are left behind.
const FINDING = v.object({
  rule: v.pipe(v.string(), v.minLength(1)),
  level: v.picklist(['error', 'warning', 'note']),
  confidence: v.picklist(['proven', 'table', 'heuristic']),
  subject: v.string(),
  owner: v.exactOptional(v.pipe(v.string(), v.startsWith('pkg:'))),
  message: v.pipe(v.string(), v.minLength(1)),
  expected: v.exactOptional(v.string()),
  actual: v.exactOptional(v.string()),
  help: v.string(),
  count: v.pipe(COUNT, v.minValue(1)),
  examples: v.array(v.string()),
  bytes: v.exactOptional(COUNT),
  ignored: v.exactOptional(v.pipe(v.string(), v.minLength(1))),
  status: v.exactOptional(v.string()),
})

const EARLIER = v.object({
  version: v.string(),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  subject: v.object({
    kind: v.picklist(['image', 'layer']),
    name: v.string(),
    architecture: v.string(),
    digest: v.exactOptional(DIGEST),
    bytes: v.exactOptional(BYTES),
    largestFolders: v.exactOptional(v.array(FOLDER)),
  }),
  // Only which inputs had a value is looked at.
  plan: v.record(v.string(), v.unknown()),
  environments: v.object({ build: v.exactOptional(ENVIRONMENT), runtime: v.exactOptional(ENVIRONMENT) }),
  findings: v.array(FINDING),
  notChecked: v.array(v.object({ rule: v.string(), reason: v.string() })),
  smoke: v.object({ cases: v.array(v.object({ name: v.string(), status: v.string() })) }),
  stages: v.array(v.object({ name: v.string(), status: v.string() })),
})

/** Reads the text of an earlier report.json. Pure, never throws. */
export function readEarlierReport(text: string): EarlierReportRead {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { complaint: `The file holds no JSON: ${error instanceof Error ? error.message : String(error)}.` }
  }
  const schema = typeof json === 'object' && json !== null && 'schema' in json ? json.schema : undefined
  if (typeof schema === 'number' && schema > SCHEMA) {
    return {
      complaint: `It has schema ${schema} and was written by a newer version; this version reads schema ${SCHEMA}.`,
    }
  }
  if (schema !== SCHEMA)
    return { complaint: `It is no report.json of lambda-parity: it has no \`"schema": ${SCHEMA}\`.` }
  const parsed = v.safeParse(EARLIER, json)
  if (parsed.success) return { report: parsed.output }
  const [issue] = parsed.issues
  const where = v.getDotPath(issue)
  return {
    complaint: `It is no report.json of lambda-parity: ${where === null ? '' : `\`${where}\`: `}${issue.message}.`,
  }
}
