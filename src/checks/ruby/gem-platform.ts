import type { Libc } from '../../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../../lambda/architecture.ts'

/** Processor in RubyGems' platform names (Gem::Platform). */
const CPU = { x86_64: ['x86_64', 'x64'], arm64: ['aarch64', 'arm64'] } as const satisfies Record<
  Architecture,
  readonly string[]
>

/**
 * True when RubyGems takes a gem of this platform on Linux (Gem::Platform#===): the processor's, and no other C library's.
 * Without a suffix a Linux gem is for glibc, and is taken on musl as well.
 */
export function isForPlatform(platform: string, architecture: Architecture, libc: Libc['family'] = 'glibc'): boolean {
  if (platform === 'ruby') return true
  const [, cpu, os, family] = /^([^-]+)-(linux)(?:-(gnu|musl)\w*)?$/.exec(platform) ?? []
  if (cpu === undefined || os === undefined)
    return platform === 'universal' || platform === 'java' ? false : /^universal-linux/.test(platform)
  const isCpu = (CPU[architecture] as readonly string[]).includes(cpu)
  return isCpu && (family === undefined || (family === 'musl') === (libc === 'musl'))
}

/** The platform to ask Bundler for. */
export function bundlerPlatform(architecture: Architecture): string {
  return `${architectureRow(architecture).lambda === 'arm64' ? 'aarch64' : 'x86_64'}-linux`
}
