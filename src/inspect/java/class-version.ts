export type ClassVersion = { readonly major: number; readonly preview: boolean }

/** Bytes of a class file that tell its version. */
export const CLASS_HEADER = 8

// Java 1.0.2: what is below is no class file but, with this magic, a universal binary of macOS.
const OLDEST = 45

/** Version of a class file by its first eight bytes (JVM specification §4.1), or `undefined`. */
export function classVersion(head: Buffer): ClassVersion | undefined {
  if (head.length < CLASS_HEADER || head.readUInt32BE(0) !== 0xcafebabe) return undefined
  const major = head.readUInt16BE(6)
  return major < OLDEST ? undefined : { major, preview: head.readUInt16BE(4) === 0xffff }
}
