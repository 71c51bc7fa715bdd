/** What a pax extended header may say that we use; the rest is passed over. */
export type PaxRecords = {
  readonly path?: string
  readonly linkpath?: string
  readonly size?: number
  readonly uid?: number
  readonly gid?: number
  readonly mtime?: number
}

const TEXTS = ['path', 'linkpath'] as const
const NUMBERS = ['size', 'uid', 'gid', 'mtime'] as const

/**
 * Reads the records `<length> <key>=<value>\n` of a pax extended header (POSIX.1-2017 pax). The length counts the whole
 * record; `undefined` when one lies.
 */
export function readPaxRecords(content: Buffer): PaxRecords | undefined {
  const records: { -readonly [Key in keyof PaxRecords]: PaxRecords[Key] } = {}
  for (let start = 0; start < content.length; ) {
    const space = content.indexOf(0x20, start)
    const length = space === -1 ? Number.NaN : Number(content.toString('latin1', start, space))
    const end = start + length
    if (!(space < end && end <= content.length)) return undefined
    const record = content.toString('utf8', space + 1, end - 1)
    const equals = record.indexOf('=')
    const key = record.slice(0, equals)
    const value = record.slice(equals + 1)
    for (const text of TEXTS) if (key === text) records[text] = value
    for (const number of NUMBERS) if (key === number && Number.isFinite(Number(value))) records[number] = Number(value)
    start = end
  }
  return records
}
