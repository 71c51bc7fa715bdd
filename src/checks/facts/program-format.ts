import type { ForeignFile } from '../../inspect/binaries/foreign-file.ts'
import { LFS_POINTER } from '../../inspect/binaries/lfs-pointer.ts'
import type { FileEntry } from '../../inspect/evidence.ts'
import type { Architecture } from '../../lambda/architecture.ts'
import type { ProgramFault } from './program-fault.ts'
import { FETCH_LFS } from './program-remedy.ts'
import { code } from './wording.ts'

const SYSTEMS = { 'mach-o': 'macOS', pe: 'Windows' } as const
const REFUSED = '`exec format error`'

/** Why the kernel takes a file neither as a program nor as a script; `foreign`: what is known of it beside. */
export function notAProgram(
  { size }: FileEntry,
  foreign: ForeignFile | undefined,
  architecture: Architecture,
): ProgramFault {
  if (foreign !== undefined && foreign.format !== 'none') {
    const system = SYSTEMS[foreign.format]
    const target = architecture === 'arm64' ? 'arm64' : 'amd64'
    return {
      kind: 'format',
      what: `is a program for ${system}, which Linux does not start (${REFUSED})`,
      expected: `a program for Linux on ${code(architecture)}`,
      actual: `${system} ${foreign.processors.join(' + ')}`.trim(),
      help: `Compile or download it for Linux.\nGOOS=linux GOARCH=${target} go build    # or: docker buildx build --platform linux/${target} .`,
    }
  }
  if (foreign?.head?.startsWith(LFS_POINTER) === true) {
    return {
      kind: 'format',
      what: `is a Git LFS pointer, not the program (${REFUSED})`,
      expected: 'an ELF program, or a first line like `#!/bin/sh`',
      actual: 'a Git LFS pointer',
      help: FETCH_LFS,
    }
  }
  return {
    kind: 'format',
    what: `is neither a Linux program nor a script with \`#!\` in its first line (${REFUSED})`,
    expected: 'an ELF program, or a first line like `#!/bin/sh`',
    actual: size === 0 ? 'an empty file' : 'another kind of file',
    help:
      size === 0
        ? 'Build or copy it again: nothing is in it.'
        : 'A script begins with the path of its interpreter, without blanks or lines before it.\n#!/bin/sh',
  }
}
