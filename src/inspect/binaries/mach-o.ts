/** Magic numbers of one-processor files as they lie in the file, with the order of what follows. */
const THIN: ReadonlyMap<number, 'little' | 'big'> = new Map([
  [0xcefaedfe, 'little'],
  [0xcffaedfe, 'little'],
  [0xfeedface, 'big'],
  [0xfeedfacf, 'big'],
])
/** Universal binaries, always big-endian; the first is also how a Java class begins. */
const FAT = 0xcafebabe
const FAT_64 = 0xcafebabf

// <mach/machine.h>
const PROCESSORS: Readonly<Record<number, string>> = {
  7: 'x86 (32-bit)',
  12: 'Arm (32-bit)',
  16777223: 'x86_64',
  16777228: 'arm64',
  33554444: 'arm64_32',
}
// Apple's tools make at most a handful; as a Java class the same number is its version, 45 and above.
const MOST_PROCESSORS = 20

export function beginsAsMachO(magic: Buffer): boolean {
  const number = magic.length < 4 ? 0 : magic.readUInt32BE(0)
  return THIN.has(number) || number === FAT || number === FAT_64
}

/** The processors that a Mach-O file is for (<mach-o/loader.h>, <mach-o/fat.h>); `undefined` for another file. */
export function machOProcessors(bytes: Buffer, size: number): readonly string[] | undefined {
  if (bytes.length < 8) return undefined
  const magic = bytes.readUInt32BE(0)
  const order = THIN.get(magic)
  if (order !== undefined) {
    return [PROCESSORS[order === 'little' ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4)] ?? 'another processor']
  }
  if (magic !== FAT && magic !== FAT_64) return undefined
  const count = bytes.readUInt32BE(4)
  const entry = magic === FAT ? 20 : 32
  if (count === 0 || count > MOST_PROCESSORS || 8 + count * entry > bytes.length) return undefined
  const processors = Array.from({ length: count }, (_, index) => {
    const at = 8 + index * entry
    const offset = magic === FAT ? bytes.readUInt32BE(at + 8) : Number(bytes.readBigUInt64BE(at + 8))
    return offset <= size ? PROCESSORS[bytes.readUInt32BE(at)] : undefined
  })
  return processors.every((one) => one !== undefined) ? processors : undefined
}
