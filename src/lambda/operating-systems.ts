/** Systems of AWS base images, for a runtime image that could not be read. A row without a scan: confidence `table`. */
export type OperatingSystem = {
  readonly id: 'al2' | 'al2023'
  /** As in /etc/os-release. PRETTY_NAME of the 2023 images also carries a dated release, which no table can know. */
  readonly release: { readonly id: string; readonly versionId: string; readonly prettyName: string }
  /** C library version, documented. */
  readonly glibc: string
  /** Newest symbol versions of libstdc++, derived from the documented GCC release (7.3, 11). */
  readonly glibcxx: string
  readonly cxxabi: string
  /** Newest manylinux platform whose wheels load here: follows from glibc (PEP 600). */
  readonly manylinux: string
  readonly source: string
  /** Month in which the source was read. */
  readonly checked: string
}

const SOURCE = 'https://docs.aws.amazon.com/linux/al2023/ug/glibc-gcc-and-binutils.html'

export const OPERATING_SYSTEMS = [
  {
    id: 'al2',
    release: { id: 'amzn', versionId: '2', prettyName: 'Amazon Linux 2' },
    glibc: '2.26',
    glibcxx: '3.4.24',
    cxxabi: '1.3.11',
    manylinux: 'manylinux_2_26',
    source: SOURCE,
    checked: '2026-08',
  },
  {
    id: 'al2023',
    release: { id: 'amzn', versionId: '2023', prettyName: 'Amazon Linux 2023' },
    glibc: '2.34',
    glibcxx: '3.4.29',
    cxxabi: '1.3.13',
    manylinux: 'manylinux_2_34',
    source: SOURCE,
    checked: '2026-08',
  },
] as const satisfies readonly OperatingSystem[]

/** The row of an operating system. */
export function operatingSystem(id: OperatingSystem['id']): OperatingSystem {
  return id === 'al2' ? OPERATING_SYSTEMS[0] : OPERATING_SYSTEMS[1]
}
