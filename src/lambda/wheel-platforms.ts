import type { Architecture } from './architecture.ts'

/** The C library, as the wheels' names tell it: `2.34` of glibc, `1.2` of musl. */
type CLibrary = { readonly family: string; readonly version: string }

// Minor versions of glibc that wheels on PyPI are tagged with (PEP 600); older ones go by the name manylinux2014 (PEP 599).
const GLIBC_MINORS = [39, 35, 34, 31, 28]
const GLIBC_MINORS_BEFORE_28 = [27, 26, 24]
const MUSL_MINORS = [2, 1]

/**
 * What `pip --platform` has to be told, newest first, for all wheels that load beside this C library. Every name is needed:
 * pip takes wheels of older platforms along from `manylinux2014` down only (seen with pip 23; newer ones do more).
 */
export function wheelPlatforms(architecture: Architecture, libc: CLibrary | undefined): readonly string[] {
  const machine = architecture === 'arm64' ? 'aarch64' : 'x86_64'
  const minor = Number(libc?.version.split('.')[1] ?? 17)
  if (libc?.family === 'musl') {
    const fitting = MUSL_MINORS.filter((one) => one <= minor)
    return (fitting.length === 0 ? MUSL_MINORS.slice(-1) : fitting).map((one) => `musllinux_1_${one}_${machine}`)
  }
  const minors = minor >= 28 ? GLIBC_MINORS : GLIBC_MINORS_BEFORE_28
  const newer = minors.filter((one) => one <= minor).map((one) => `manylinux_2_${one}_${machine}`)
  return [...newer, `manylinux2014_${machine}`]
}

/** The same as options of pip. */
export function platformOptions(architecture: Architecture, libc: CLibrary | undefined): string {
  return wheelPlatforms(architecture, libc)
    .map((platform) => `--platform ${platform}`)
    .join(' ')
}
