/** Lambda's two architectures, and what every other system calls them. The only place where the names are converted. */
export const ARCHITECTURES = [
  { lambda: 'x86_64', docker: 'amd64', platform: 'linux/amd64', elfMachine: 62, debian: 'x86_64-linux-gnu' },
  { lambda: 'arm64', docker: 'arm64', platform: 'linux/arm64', elfMachine: 183, debian: 'aarch64-linux-gnu' },
] as const

export type ArchitectureRow = (typeof ARCHITECTURES)[number]
export type Architecture = ArchitectureRow['lambda']

const SPELLINGS: Readonly<Record<string, Architecture>> = {
  x86_64: 'x86_64',
  amd64: 'x86_64',
  'linux/amd64': 'x86_64',
  arm64: 'arm64',
  aarch64: 'arm64',
  'linux/arm64': 'arm64',
}

/** Accepted spellings, for messages. */
export const ARCHITECTURE_SPELLINGS = Object.keys(SPELLINGS)

/** The architecture of one accepted spelling; `undefined` for anything else. */
export function parseArchitecture(spelling: string): Architecture | undefined {
  return Object.hasOwn(SPELLINGS, spelling) ? SPELLINGS[spelling] : undefined
}

/** The row of an architecture. */
export function architectureRow(architecture: Architecture): ArchitectureRow {
  return architecture === 'x86_64' ? ARCHITECTURES[0] : ARCHITECTURES[1]
}
