import { posix } from 'node:path'

// Words for systems and processors in the names that npm, pip, Go and Rust tools give to per-platform files.
const PLATFORM =
  /(?<![a-z0-9])(?:linux(?:musl|32|64)?|musl|gnu|glibc|darwin|macosx?|osx|win32|win64|windows|win|android|freebsd|openbsd|x64|x86[_-](?:64|32)|amd64|ia32|i[36]86|x86|arm64|aarch_?64|armv?\d*l?|arm|ppc64(?:le)?|s390x|riscv64|loong64|loongarch64|mips(?:64)?(?:el)?)(?![a-z0-9])/gi

/** True for a file in a folder that is named after a platform: made to lie beside those of other platforms. */
export function isPlatformVariant(path: string): boolean {
  // No word of a platform goes over a slash: the whole path is as good as its parts.
  const folder = posix.dirname(path)
  return folder.search(PLATFORM) !== -1 || folder.split('/').includes('prebuilds')
}

/** The path with every platform word replaced: equal for the variants of one file. */
export function variantKey(path: string): string {
  const key = path.replace(PLATFORM, '*')
  return key.includes('*') ? key.replace(/\*(?:[-_.]?\*)+/g, '*') : key
}
