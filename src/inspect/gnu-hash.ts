/** Hash of a symbol's name in DT_GNU_HASH: Bernstein's, 32 bits, over its bytes. */
export function gnuHash(name: string): number {
  let hash = 5381
  for (let at = 0; at < name.length; at++) {
    const character = name.charCodeAt(at)
    if (character > 127) return hashOfBytes(Buffer.from(name))
    hash = (Math.imul(hash, 33) + character) | 0
  }
  return hash >>> 0
}

function hashOfBytes(bytes: Buffer): number {
  return bytes.reduce((hash, byte) => (Math.imul(hash, 33) + byte) | 0, 5381) >>> 0
}
