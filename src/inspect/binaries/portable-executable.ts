// Machine types of the Microsoft PE format.
const PROCESSORS: Readonly<Record<number, string>> = { 332: 'x86 (32-bit)', 34404: 'x86_64', 43620: 'arm64' }
const OPTIONAL_HEADER = 24
const CLI_HEADER = 14

export function beginsAsPe(magic: Buffer): boolean {
  return magic.length >= 2 && magic.readUInt16BE(0) === 0x4d5a
}

/**
 * The processor of a native Windows file, from its headers. `undefined` for what only begins like one, and for .NET
 * assemblies, which have the same format and run everywhere.
 */
export function peProcessor(bytes: Buffer): string | undefined {
  if (!beginsAsPe(bytes) || bytes.length < 0x40) return undefined
  const header = bytes.readUInt32LE(0x3c)
  if (header + OPTIONAL_HEADER + 2 > bytes.length || bytes.readUInt32BE(header) !== 0x50450000) return undefined
  const wide = bytes.readUInt16LE(header + OPTIONAL_HEADER) === 0x20b
  const directory = header + OPTIONAL_HEADER + (wide ? 112 : 96) + CLI_HEADER * 8
  if (directory + 4 <= bytes.length && bytes.readUInt32LE(directory) !== 0) return undefined
  return PROCESSORS[bytes.readUInt16LE(header + 4)] ?? 'another processor'
}
