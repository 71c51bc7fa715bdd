/** A documented limit of Lambda. AWS writes MB and GB and means MiB and GiB. */
export type Quota = {
  readonly id: string
  readonly value: number
  readonly unit: 'bytes' | 'MiB' | 'seconds' | 'characters' | 'count'
  readonly link: string
  /** Month in which the link was read. */
  readonly checked: string
}

const LIMITS = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html'
const IMAGES = 'https://docs.aws.amazon.com/lambda/latest/dg/images-create.html'
const MIB = 1024 ** 2
const GIB = 1024 ** 3

// biome-ignore format: a table is read by its columns
export const QUOTAS = [
  { id: 'image-uncompressed', value: 10 * GIB, unit: 'bytes', link: IMAGES, checked: '2026-08' },
  { id: 'image-manifest-recommended', value: 25_400, unit: 'bytes', link: IMAGES, checked: '2026-08' },
  { id: 'unzipped-with-layers', value: 250 * MIB, unit: 'bytes', link: LIMITS, checked: '2026-08' },
  { id: 'zip-direct-upload', value: 50 * MIB, unit: 'bytes', link: LIMITS, checked: '2026-08' },
  { id: 'layers', value: 5, unit: 'count', link: LIMITS, checked: '2026-08' },
  { id: 'memory-minimum', value: 128, unit: 'MiB', link: LIMITS, checked: '2026-08' },
  { id: 'memory-maximum', value: 10_240, unit: 'MiB', link: LIMITS, checked: '2026-08' },
  { id: 'timeout-maximum', value: 900, unit: 'seconds', link: LIMITS, checked: '2026-08' },
  { id: 'ephemeral-storage-minimum', value: 512, unit: 'MiB', link: LIMITS, checked: '2026-08' },
  { id: 'ephemeral-storage-maximum', value: 10_240, unit: 'MiB', link: LIMITS, checked: '2026-08' },
  { id: 'environment', value: 4 * 1024, unit: 'bytes', link: LIMITS, checked: '2026-08' },
  { id: 'payload-synchronous', value: 6 * MIB, unit: 'bytes', link: LIMITS, checked: '2026-08' },
] as const satisfies readonly Quota[]

export type QuotaId = (typeof QUOTAS)[number]['id']

const BY_ID: ReadonlyMap<string, Quota> = new Map(QUOTAS.map((row) => [row.id, row]))

/** The row of a limit. */
export function quota(id: QuotaId): Quota {
  const row = BY_ID.get(id)
  if (row === undefined) throw new Error(`no quota ${id}`)
  return row
}
