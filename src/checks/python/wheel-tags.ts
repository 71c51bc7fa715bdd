import type { Libc } from '../../inspect/evidence.ts'
import type { Architecture } from '../../lambda/architecture.ts'

/** What decides whether a wheel fits (platform compatibility tags specification). */
export type WheelTarget = {
  readonly minor: number
  readonly architecture: Architecture
  readonly libc?: Libc
}

/** Why none of the tags fits, for people; `undefined` when one does or none was read. */
export function wheelMisfit(tags: readonly string[], target: WheelTarget): string | undefined {
  const reasons = tags.map((tag) => misfit(tag, target))
  return reasons.includes(undefined) ? undefined : reasons[0]
}

function misfit(tag: string, { minor, architecture, libc }: WheelTarget): string | undefined {
  const [python = '', abi = '', ...rest] = tag.split('-')
  const platform = rest.join('-')
  return pythonMisfit(python, abi, minor) ?? platformMisfit(platform, architecture, libc)
}

function pythonMisfit(python: string, abi: string, minor: number): string | undefined {
  const pythons = python.split('.')
  if (pythons.some((one) => one === 'py3' || one === `py3${minor}`)) return undefined
  const versions = pythons.flatMap((one) => /^cp3(\d+)$/.exec(one)?.[1] ?? []).map(Number)
  if (versions.length === 0) return undefined
  const wanted = Math.min(...versions)
  if (abi.includes('abi3')) return wanted <= minor ? undefined : `made for Python 3.${wanted} and newer`
  return versions.includes(minor) ? undefined : `made for Python 3.${wanted} only`
}

const MACHINES: Readonly<Record<Architecture, readonly string[]>> = {
  x86_64: ['x86_64'],
  arm64: ['aarch64', 'arm64'],
}

function platformMisfit(platform: string, architecture: Architecture, libc: Libc | undefined): string | undefined {
  if (platform === 'any') return undefined
  if (platform.startsWith('macosx')) return 'made for macOS'
  if (platform.startsWith('win')) return 'made for Windows'
  if (!/linux/.test(platform)) return `made for ${platform}`
  if (!MACHINES[architecture].some((machine) => platform.endsWith(`_${machine}`)))
    return `made for another processor (\`${platform}\`)`
  if (platform.startsWith('musllinux')) return libc?.family === 'glibc' ? 'made for musl (Alpine Linux)' : undefined
  const [, major, minor] = /^manylinux_(\d+)_(\d+)_/.exec(platform) ?? []
  if (major === undefined || minor === undefined || libc === undefined) return undefined
  if (libc.family === 'musl') return 'made for glibc'
  const [ours = 0, oursMinor = 0] = libc.version.split('.').map(Number)
  const isNewer = Number(major) > ours || (Number(major) === ours && Number(minor) > oursMinor)
  return isNewer ? `made for glibc ${major}.${minor} and newer` : undefined
}
