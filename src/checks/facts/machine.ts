import type { ElfFile } from '../../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../../lambda/architecture.ts'
import { code } from './wording.ts'

// e_machine of processors that programs and libraries run on (System V gABI). Others (GPU code, BPF) are data to Linux.
const PROCESSORS: Readonly<Record<number, string>> = {
  2: 'SPARC',
  3: 'x86 (32-bit)',
  8: 'MIPS',
  20: 'PowerPC',
  21: 'PowerPC64',
  22: 'S/390',
  40: 'Arm (32-bit)',
  43: 'SPARC V9',
  62: 'x86_64',
  183: 'arm64',
  243: 'RISC-V',
  258: 'LoongArch',
}

const EXECUTABLE = 2
const SHARED = 3

/** `native`: this architecture runs it; `foreign`: it is for another processor; `data`: nothing that a loader would load. */
export function nativeness(file: ElfFile, architecture: Architecture): 'native' | 'foreign' | 'data' {
  if (file.problem !== undefined || (file.type !== EXECUTABLE && file.type !== SHARED)) return 'data'
  if (PROCESSORS[file.machine] === undefined) return 'data'
  const runs = file.machine === architectureRow(architecture).elfMachine && file.class === 64 && file.littleEndian
  return runs ? 'native' : 'foreign'
}

/** Names the processor of a file as messages do. */
export function processor(file: ElfFile): string {
  const name = PROCESSORS[file.machine] ?? `machine ${file.machine}`
  return file.machine === 62 && file.class === 32 ? code('x86_64 with 32-bit pointers (x32)') : code(name)
}
