/** Hash of a symbol's name in DT_GNU_HASH: Bernstein's, 32 bits. */
export function gnuHash(name: string): number {
  const bytes = isAscii(name) ? name : Buffer.from(name).toString('latin1')
  let hash = 5381
  for (let at = 0; at < bytes.length; at++) hash = (Math.imul(hash, 33) + bytes.charCodeAt(at)) | 0
  return hash >>> 0
}

function isAscii(name: string): boolean {
  for (let at = 0; at < name.length; at++) if (name.charCodeAt(at) > 127) return false
  return true
}
