/** The 64 bytes of an ELF header: little-endian, by default a 64-bit executable for x86-64. */
export function makeElfHeader(overrides: { class?: number; type?: number; machine?: number }): Buffer {
  const header = Buffer.alloc(64)
  header.writeUInt32BE(0x7f454c46, 0)
  header[4] = overrides.class ?? 2
  header[5] = 1
  header.writeUInt16LE(overrides.type ?? 2, 16)
  header.writeUInt16LE(overrides.machine ?? 62, 18)
  return header
}
