import type { ElfFile, FileEntry } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { foreignAt } from './foreign-files.ts'
import { imageTree, isFile } from './image-tree.ts'
import { nativeness, processor } from './machine.ts'
import { notAProgram } from './program-format.ts'
import { shippedName, unixLineEndings } from './program-remedy.ts'
import type { RuntimeView } from './runtime-view.ts'
import { parseShebang, type Shebang } from './shebang.ts'
import { code, octal, shellWord } from './wording.ts'

/** Why the kernel does not start a file for Lambda's user. */
export type ProgramFault = {
  readonly kind: 'mode' | 'processor' | 'interpreter' | 'format' | 'script' | 'cut'
  /** Continues a sentence that begins with the file's name. */
  readonly what: string
  readonly expected: string
  readonly actual: string
  readonly help: string
}

/** The first thing that is wrong with a file that is to be started by its path; `undefined`: nothing that shows. */
export function programFault(file: FileEntry, subject: Subject, view: RuntimeView): ProgramFault | undefined {
  if ((file.mode & 0o1) === 0) return mode(file)
  const elf = imageTree(subject.artifact).elf.get(file.path)
  if (elf !== undefined) return elfFault(elf, subject, view)
  const shebang = parseShebang(subject.artifact.firstLines[file.path] ?? '')
  if (shebang === undefined) return notAProgram(file, foreignAt(file.path, subject.artifact), subject.plan.architecture)
  return scriptFault(file, shebang, view)
}

function elfFault(elf: ElfFile, { plan }: Subject, view: RuntimeView): ProgramFault | undefined {
  if (nativeness(elf, plan.architecture) === 'foreign') {
    const target = plan.architecture === 'arm64' ? 'arm64' : 'amd64'
    return {
      kind: 'processor',
      what: `is for ${processor(elf)}: a function for ${code(plan.architecture)} cannot start it (\`exec format error\`)`,
      expected: code(plan.architecture),
      actual: processor(elf),
      help: `Compile or download it for the function's processor.\nGOOS=linux GOARCH=${target} go build    # or: docker buildx build --platform linux/${target} .`,
    }
  }
  const cut = cutFault(elf)
  if (cut !== undefined) return cut
  if (elf.interpreter === undefined || !isMissing(elf.interpreter, view)) return undefined
  return {
    ...lacking(elf.interpreter),
    help: 'Build it for a system that has its interpreter, or link it statically.\nCGO_ENABLED=0 go build    # Rust: cargo build --target x86_64-unknown-linux-musl',
  }
}

/** A program of which the end is missing; `undefined`: it is whole. */
export function cutFault({ problem, truncated }: ElfFile): ProgramFault | undefined {
  if (problem === undefined && truncated !== true) return undefined
  return {
    kind: 'cut',
    what: `is not whole (${problem ?? 'part of what is mapped into memory lies beyond its end'}): it dies as it is started`,
    expected: 'a whole ELF program',
    actual: 'a part of one',
    help: 'Build or download it again, and compare its size and checksum with those of the original.',
  }
}

function scriptFault(file: FileEntry, shebang: Shebang, view: RuntimeView): ProgramFault | undefined {
  const { interpreter, program, fault } = shebang
  if (fault !== undefined) {
    const actual = fault === 'carriage-return' ? 'a carriage return (Windows line endings)' : 'a byte order mark'
    return {
      kind: 'script',
      what: `has ${actual} in its first line: the kernel does not find its interpreter`,
      expected: code(`#!${interpreter}`),
      actual,
      help: unixLineEndings(file.path),
    }
  }
  const missing = isMissing(interpreter, view)
    ? interpreter
    : program !== undefined && isNowhere(program, view)
      ? program
      : undefined
  if (missing === undefined) return undefined
  return {
    ...lacking(missing),
    what: `is a script for ${code(missing)}, which does not exist in ${code(view.reference)}`,
    help: 'Let its first line name an interpreter that is there, or bring that one along.\n#!/bin/sh',
  }
}

/** Whether a file of the runtime is known not to be there: of one that was not read nothing is. */
function isMissing(path: string, { tree, confidence }: RuntimeView): boolean {
  return confidence === 'proven' && !isFile(tree.resolve(path))
}

/** The same of a command that `env` looks up in PATH. */
function isNowhere(program: string, view: RuntimeView): boolean {
  if (program.includes('/')) return isMissing(program, view)
  const { PATH } = view.environment
  return PATH?.split(':').every((folder) => isMissing(`${folder.replace(/\/$/, '')}/${program}`, view)) ?? false
}

function lacking(interpreter: string) {
  return {
    kind: 'interpreter',
    what: `needs ${code(interpreter)} to be started, which does not exist`,
    expected: code(interpreter),
    actual: 'no such file',
  } as const
}

function mode({ path, mode }: FileEntry): ProgramFault {
  return {
    kind: 'mode',
    what: `may not be executed by Lambda's user: mode \`${octal(mode)}\``,
    expected: '`0755`',
    actual: `\`${octal(mode)}\``,
    help: path.startsWith('/opt/')
      ? `Set the mode before it is packed (in a Dockerfile: \`COPY --chmod=755\`).\nchmod 755 ${shellWord(shippedName(path))}`
      : `Set the mode in the Dockerfile (or \`COPY --chmod=755\`).\nRUN chmod 755 ${shellWord(path)}`,
  }
}
