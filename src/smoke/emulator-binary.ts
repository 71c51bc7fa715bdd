import { ARCHITECTURES, type Architecture, architectureRow } from '../lambda/architecture.ts'

const ELF_MAGIC = 0x7f454c46
const ELFCLASS64 = 2
const ELFDATA2LSB = 1
const ET_EXEC = 2
const ET_DYN = 3
/** What `notAnEmulator` looks at. */
export const ELF_HEADER_BYTES = 64

/**
 * Why these bytes cannot be an emulator for the architecture, or `undefined`. Decided by the ELF header alone: there is no
 * version flag to ask, `--version` is taken for a command to serve.
 */
export function notAnEmulator(content: Uint8Array, architecture: Architecture): string | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  if (bytes.length < ELF_HEADER_BYTES || bytes.readUInt32BE(0) !== ELF_MAGIC) return 'it is not an ELF executable'
  if (bytes[4] !== ELFCLASS64 || bytes[5] !== ELFDATA2LSB) return 'it is not a 64-bit little-endian executable'
  const type = bytes.readUInt16LE(16)
  if (type !== ET_EXEC && type !== ET_DYN) return 'it is an ELF file, but not an executable'
  const machine = bytes.readUInt16LE(18)
  if (machine === architectureRow(architecture).elfMachine) return undefined
  const found = ARCHITECTURES.find((row) => row.elfMachine === machine)?.lambda ?? `ELF machine ${machine}`
  return `it is built for ${found}, the function is ${architecture}`
}
