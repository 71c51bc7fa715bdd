import { posix } from 'node:path'
import type { ByteWindows } from './byte-windows.ts'

type Signature = {
  /** Base names of the files that carry it. `release`: the version begins with it. */
  readonly file: RegExp
  /** What the string begins with: searched first, since that is cheap in 100 MB. */
  readonly start: string
  /** Matched from there. */
  readonly version: RegExp
}

/** Strings that programs and libraries carry about themselves, for images without headers or a package database. */
const SIGNATURES: readonly Signature[] = [
  // process.release.headersUrl
  { file: /^node(?:js)?$/, start: '/download/release/v', version: /^\/download\/release\/v(\d+\.\d+\.\d+)\// },
  // OPENSSL_VERSION_TEXT, e.g. `OpenSSL 3.0.8 7 Feb 2023`
  { file: /^libcrypto\.so/, start: 'OpenSSL ', version: /^OpenSSL (\d+\.\d+\.\d+[a-z]*)[ -]/ },
  // RUBY_DESCRIPTION, e.g. `ruby 3.3.6 (2024-11-05 revision 75015d4c1f) [x86_64-linux]`
  { file: /^(ruby|libruby)/, start: 'ruby ', version: /^ruby (\d+\.\d+\.\d+)(?:p\d+|\w*) \(\d/ },
  // PY_VERSION; other libraries inside of it have versions too (SQLite 3.45.1)
  {
    file: /^(?:lib)?python(?<release>3\.\d+)(?:\.so|$)/,
    start: '\x003.',
    version: /^\0(3\.\d+\.\d+(?:(?:a|b|rc)\d+)?\+?)\0/,
  },
  // glibc's banner; its highest symbol version may be older (2.31 added none on x86-64)
  { file: /^libc(\.so\.6|-\d+\.\d+\.so)$/, start: 'release version ', version: /^release version (\d+\.\d+)/ },
  // __libc_version of musl: the only string of its kind in a file of 600 kB
  { file: /^(ld-musl-|libc\.musl-|libc\.so$)/, start: '\x001.', version: /^\0(1\.\d+\.\d+)\0/ },
]
const LONGEST = 64

/** The version that a file names of itself, or `undefined`. */
export function embeddedVersion(path: string, file: ByteWindows): string | undefined {
  const name = posix.basename(path)
  const signature = SIGNATURES.find((candidate) => candidate.file.test(name))
  if (signature === undefined) return undefined
  const release = signature.file.exec(name)?.groups?.release
  const isOfRelease = (version: string): boolean => release === undefined || version.startsWith(`${release}.`)
  for (const { bytes } of file.windows) {
    for (let at = bytes.indexOf(signature.start); at !== -1; at = bytes.indexOf(signature.start, at + 1)) {
      const version = signature.version.exec(bytes.toString('latin1', at, at + LONGEST))?.[1]
      if (version !== undefined && isOfRelease(version)) return version
    }
  }
  return undefined
}
