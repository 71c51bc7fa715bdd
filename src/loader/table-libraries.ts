import type { RuntimeView } from '../checks/facts/runtime-view.ts'
import type { ElfFile } from '../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import { type OperatingSystem, operatingSystem } from '../lambda/operating-systems.ts'
import type { Candidate } from './library-folders.ts'

/** Folders of the unread runtime, each with what is known to lie there. */
export type TableLibraries = ReadonlyMap<string, (name: string) => Candidate | undefined>

// What glibc 2.26 and 2.34 both install and link against (2.34 keeps the merged ones as stubs).
const GLIBC =
  /^(?:lib(?:c|m)\.so\.6|lib(?:pthread|thread_db)\.so\.[01]|lib(?:dl|resolv)\.so\.2|lib(?:rt|util|anl|mvec|BrokenLocale)\.so\.1|ld-linux[-\w]*\.so\.[12])$/
const CXX = 'libstdc++.so.6'
const GCC = 'libgcc_s.so.1'

/** Libraries that every AWS runtime of the documented system has; empty when the runtime was read. */
export function tableLibraries({ confidence, runtime }: RuntimeView, architecture: Architecture): TableLibraries {
  if (confidence === 'proven' || runtime === undefined) return new Map()
  const system = operatingSystem(runtime.os)
  const known = new Map<string, Candidate>()
  const find = (name: string) => {
    if (name !== CXX && name !== GCC && !GLIBC.test(name)) return undefined
    const candidate = known.get(name) ?? library(name, system, architecture)
    known.set(name, candidate)
    return candidate
  }
  return new Map([['/lib64', find]])
}

function library(name: string, system: OperatingSystem, architecture: Architecture): Candidate {
  const path = `/lib64/${name}`
  const file: ElfFile = {
    path,
    class: 64,
    littleEndian: true,
    machine: architectureRow(architecture).elfMachine,
    osAbi: 0,
    type: 3,
    soname: name,
    needed: [],
    versionsNeeded: [],
    versionsDefined: versions(name, system),
  }
  return { path, identity: path, file, acceptance: { verdict: 'take' } }
}

/** Every numbered version up to the documented one: which of them a library really has does not matter to what it loads. */
function versions(name: string, { glibc, glibcxx, cxxabi }: OperatingSystem): readonly string[] {
  if (name === CXX) {
    const others = ['CXXABI_TM_1', 'CXXABI_FLOAT128', 'CXXABI_LDBL_1.3', 'GLIBCXX_LDBL_3.4']
    return [...upTo('GLIBCXX_', '3.4', glibcxx), ...upTo('CXXABI_', '1.3', cxxabi), ...others]
  }
  // libgcc_s has had no version between GCC 7 and 12 but that of arm64's atomics (11.0).
  if (name === GCC) return GCC_VERSIONS.map((version) => `GCC_${version}`)
  const minor = Number(glibc.split('.')[1])
  const numbered = Array.from({ length: minor + 1 }, (_, index) => `GLIBC_2.${index}`)
  return [...numbered, ...GLIBC_PATCHES, 'GLIBC_PRIVATE', ...(minor >= 36 ? ['GLIBC_ABI_DT_RELR'] : [])]
}

// Since 2.4 every release has at most one version.
const GLIBC_PATCHES = ['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '3.1', '3.2', '3.3', '3.4'].map(
  (version) => `GLIBC_2.${version}`,
)

const GCC_VERSIONS = [
  ...['3.0', '3.3', '3.3.1', '3.3.2', '3.3.3', '3.3.4', '3.4', '3.4.2', '3.4.4', '4.0.0', '4.2.0', '4.3.0', '4.4.0'],
  ...['4.5.0', '4.7.0', '4.8.0', '5.0.0', '7.0.0', '11.0'],
]

/** `3.4`, `3.4.1` … `3.4.29`. */
function upTo(prefix: string, base: string, last: string): string[] {
  const count = Number(last.slice(base.length + 1))
  return [`${prefix}${base}`, ...Array.from({ length: count }, (_, index) => `${prefix}${base}.${index + 1}`)]
}
