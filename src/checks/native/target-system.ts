import { posix } from 'node:path'
import type { ElfFile } from '../../inspect/evidence.ts'

/** The C library, and with it the system, that a native file was linked for; `any`: it needs none. */
export type TargetSystem = 'glibc' | 'musl' | 'android' | 'bsd' | 'solaris' | 'any'

/** For people. */
export const SYSTEM_NAMES: Readonly<Record<TargetSystem, string>> = {
  glibc: 'glibc',
  musl: 'musl (Alpine Linux)',
  android: 'Android',
  bsd: 'FreeBSD or another BSD',
  solaris: 'Solaris',
  any: 'any system',
}

// EI_OSABI: NetBSD, FreeBSD, OpenBSD (System V gABI). Linux files say 0 or 3.
const BSD = new Set([2, 9, 12])
const SOLARIS = 6

/**
 * By the bytes: interpreter, sonames, OS/ABI. Names of folders are not asked, they lie. Android's C library is called
 * `libc.so` as musl's is where it was linked by a cross compiler; Android splits what musl keeps in one file.
 */
export function targetSystem(file: Pick<ElfFile, 'osAbi' | 'interpreter' | 'needed'>): TargetSystem {
  const interpreter = posix.basename(file.interpreter ?? '')
  const needs = (name: string | RegExp): boolean =>
    file.needed.some((soname) => (typeof name === 'string' ? soname === name : name.test(soname)))
  if (BSD.has(file.osAbi) || interpreter === 'ld-elf.so.1' || needs(/^libc\.so\.[78]$|^libthr\.so\./)) return 'bsd'
  if (file.osAbi === SOLARIS || needs('libc.so.1')) return 'solaris'
  if (interpreter.startsWith('linker') || needs(/^(?:liblog|libandroid|libdl|libm)\.so$/)) return 'android'
  if (interpreter.startsWith('ld-musl-') || needs(/^libc\.musl-/) || needs('libc.so')) return 'musl'
  if (interpreter.startsWith('ld-linux') || needs('libc.so.6') || needs(/^ld-linux/)) return 'glibc'
  return 'any'
}

/** True for the names under which musl's C library is needed: nothing else is called so. */
export function isMuslLibc(soname: string): boolean {
  return soname.startsWith('libc.musl-') || soname === 'libc.so' || /^ld-musl-/.test(soname)
}

/** True for the parts of glibc that other files need by name. */
export function isGlibc(soname: string): boolean {
  return /^(?:libc\.so\.6|ld-linux[^/]*|libpthread\.so\.0|libm\.so\.6|libdl\.so\.2|librt\.so\.1|libresolv\.so\.2|libutil\.so\.1)$/.test(
    soname,
  )
}
