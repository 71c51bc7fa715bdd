import { posix } from 'node:path'
import type { ElfFile } from '../inspect/evidence.ts'
import type { LoaderSystem } from './loader-system.ts'
import type { Member } from './member.ts'

const LOADERS = {
  glibc: { x86_64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' },
  musl: { x86_64: '/lib/ld-musl-x86_64.so.1', arm64: '/lib/ld-musl-aarch64.so.1' },
} as const

/** The loader is an object of every process: on musl it is the C library as well. */
export function loaderItself(
  { view, libc, architecture, folders }: LoaderSystem,
  program: ElfFile | undefined,
): { readonly member: Member; readonly names: readonly string[] } | undefined {
  const path = program?.interpreter ?? LOADERS[libc][architecture]
  const candidate = folders.file(path) ?? folders.at(posix.dirname(path)).find(posix.basename(path))
  const file = candidate?.file ?? view.tree.elf.get(path)
  if (file === undefined) return undefined
  const member: Member = { file, path, identity: candidate?.identity ?? path, how: 'loaded' }
  return { member, names: [path, posix.basename(path), ...(file.soname === undefined ? [] : [file.soname])] }
}

/**
 * True for names that are never looked for. glibc: the loader, also where the evidence has none. musl: the libraries that
 * its one file stands for, with any suffix, also glibc's (`libm.so.6`).
 */
export function isBuiltIn(name: string, libc: 'glibc' | 'musl'): boolean {
  if (libc === 'glibc') return /^ld(?:-linux(?:-[\w-]+)?|64)\.so\.\d+$/.test(name)
  return /^lib(?:c|pthread|rt|m|dl|util|xnet)\./.test(name) || /^ld-musl-\w+\.so\.1$/.test(name)
}
