import type { ElfFile, FileEntry } from '../../inspect/evidence.ts'
import type { Architecture } from '../../lambda/architecture.ts'
import { type ImageTree, isFile } from './image-tree.ts'
import { nativeness, processor } from './machine.ts'
import { parseShebang } from './shebang.ts'
import { code, octal, shellWord } from './wording.ts'

/** Why the kernel does not start a file for Lambda's user. */
export type ProgramFault = {
  readonly kind: 'mode' | 'processor' | 'interpreter' | 'format' | 'script'
  /** Continues a sentence that begins with the file's name. */
  readonly what: string
  readonly expected: string
  readonly actual: string
  readonly help: string
}

export type ProgramSystem = {
  readonly tree: Pick<ImageTree, 'resolve' | 'elf'>
  readonly firstLines: Readonly<Record<string, string>>
  readonly architecture: Architecture
  /** Whether all files of the system are known: without them a missing interpreter proves nothing. */
  readonly complete: boolean
}

/** The first thing that is wrong with a file that is to be started by its path; `undefined`: nothing that shows. */
export function programFault(file: FileEntry, system: ProgramSystem): ProgramFault | undefined {
  if ((file.mode & 0o1) === 0) return mode(file)
  const elf = system.tree.elf.get(file.path)
  if (elf !== undefined) return elfFault(elf, system)
  const shebang = parseShebang(system.firstLines[file.path] ?? '')
  if (shebang === undefined) return format(file)
  const { interpreter, fault } = shebang
  if (fault !== undefined) {
    const actual = fault === 'carriage-return' ? 'a carriage return (Windows line endings)' : 'a byte order mark'
    return {
      kind: 'script',
      what: `has ${actual} in its first line: the kernel does not find its interpreter`,
      expected: code(`#!${interpreter}`),
      actual,
      help: 'Save the script with Unix line endings, as UTF-8 without a byte order mark; `.gitattributes` keeps it so.\n*.sh text eol=lf',
    }
  }
  return missing(interpreter, system)
}

function elfFault(elf: ElfFile, system: ProgramSystem): ProgramFault | undefined {
  if (nativeness(elf, system.architecture) === 'foreign') {
    const target = system.architecture === 'arm64' ? 'arm64' : 'amd64'
    return {
      kind: 'processor',
      what: `is for ${processor(elf)}: a function for ${code(system.architecture)} cannot start it (\`exec format error\`)`,
      expected: code(system.architecture),
      actual: processor(elf),
      help: `Compile or download it for the function's processor.\nGOOS=linux GOARCH=${target} go build    # or: docker buildx build --platform linux/${target} .`,
    }
  }
  return elf.interpreter === undefined ? undefined : missing(elf.interpreter, system)
}

function missing(interpreter: string, { tree, complete }: ProgramSystem): ProgramFault | undefined {
  if (!complete || isFile(tree.resolve(interpreter))) return undefined
  return {
    kind: 'interpreter',
    what: `needs ${code(interpreter)} to be started, which does not exist`,
    expected: code(interpreter),
    actual: 'no such file',
    help: 'Build it for a system that has its interpreter, or link it statically.\nCGO_ENABLED=0 go build    # Rust: cargo build --target x86_64-unknown-linux-musl',
  }
}

function mode({ path, mode }: FileEntry): ProgramFault {
  return {
    kind: 'mode',
    what: `may not be executed by Lambda's user: mode \`${octal(mode)}\``,
    expected: '`0755`',
    actual: `\`${octal(mode)}\``,
    help: path.startsWith('/opt/')
      ? `Set the mode before it is packed (in a Dockerfile: \`COPY --chmod=755\`).\nchmod 755 ${shellWord(path)}`
      : `Set the mode in the Dockerfile (or \`COPY --chmod=755\`).\nRUN chmod 755 ${shellWord(path)}`,
  }
}

function format({ size }: FileEntry): ProgramFault {
  return {
    kind: 'format',
    what: 'is neither a Linux program nor a script with `#!` in its first line (`exec format error`)',
    expected: 'an ELF program, or a first line like `#!/bin/sh`',
    actual: size === 0 ? 'an empty file' : 'another kind of file',
    help: 'Begin the script with the path of its interpreter.\n#!/bin/sh',
  }
}
