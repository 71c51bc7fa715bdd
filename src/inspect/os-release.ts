import type { OsRelease } from './evidence.ts'

/**
 * The operating system from os-release(5) and, for the dated release of Amazon Linux 2023, /etc/system-release:
 * its VERSION_ID is "2023" for every release, only PRETTY_NAME or system-release tells which one.
 */
export function osRelease(text: string, systemRelease: string): OsRelease {
  const fields = new Map(text.split('\n').flatMap(field))
  const id = fields.get('ID') ?? 'linux'
  const prettyName = fields.get('PRETTY_NAME') ?? fields.get('NAME') ?? 'Linux'
  const release = id === 'amzn' ? (datedRelease(prettyName) ?? datedRelease(systemRelease)) : undefined
  return {
    id,
    versionId: fields.get('VERSION_ID') ?? '',
    prettyName,
    ...(release === undefined ? {} : { release }),
  }
}

function datedRelease(text: string): string | undefined {
  return /\b20\d\d\.\d+\.20\d{6}\b/.exec(text)?.[0]
}

/** `NAME=value`, the value quoted as a POSIX shell would take it. */
function field(line: string): [string, string][] {
  const [, name, raw] = /^\s*([A-Z][A-Z0-9_]*)=(.*?)\s*$/.exec(line) ?? []
  if (name === undefined || raw === undefined) return []
  const [, quote, quoted] = /^(["'])(.*)\1$/.exec(raw) ?? []
  if (quoted === undefined) return [[name, raw]]
  return [[name, quote === '"' ? quoted.replace(/\\([\\"$`])/g, '$1') : quoted]]
}
