import { posix } from 'node:path'
import type { ElfFile, FileEntry } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { imageTree, isFile } from './facts/image-tree.ts'
import { nativeness } from './facts/machine.ts'
import { isPlatformVariant } from './facts/platform-variant.ts'
import { userElf } from './facts/user-elf.ts'
import { code, counted, octal, shellWord } from './facts/wording.ts'

const ID = 'not-executable'
/** Lambda starts what is in the one folder, and has the other in PATH for what the function starts. */
const STARTED = '/opt/extensions'
const IN_PATH = '/opt/bin'

export const notExecutable: Check = {
  id: ID,
  title: "Programs may be executed by Lambda's user",
  appliesTo: () => true,
  run(subject) {
    const groups = groupBy(programsWithoutMode(subject), ({ path }) => posix.dirname(path))
    return { findings: [...groups].map(([folder, files]) => finding(folder, files, subject)) }
  },
}

function programsWithoutMode(subject: Subject): readonly FileEntry[] {
  const { artifact, plan } = subject
  const { entries, childrenOf } = imageTree(artifact)
  const isClosed = (entry: FileEntry): boolean => (entry.mode & 0o1) === 0 && isFile(entry)
  const programs = userElf(subject).flatMap((file) => {
    if (!isProgram(file) || nativeness(file, plan.architecture) !== 'native') return []
    const entry = entries.get(file.path)
    if (entry === undefined || !isClosed(entry)) return []
    const folder = posix.dirname(entry.path)
    if (folder === STARTED) return []
    return folder === IN_PATH || !isPlatformVariant(entry.path) ? [entry] : []
  })
  return [...childrenOf(STARTED).filter(isClosed), ...programs]
}

/** Libraries may have an interpreter too (libc.so.6 prints its version); they are loaded, not started. */
function isProgram({ type, interpreter, soname, path }: ElfFile): boolean {
  if (type !== 2 && (interpreter === undefined || soname !== undefined)) return false
  return !/\.(?:so(?:\.\d+)*|node)$/.test(path)
}

/** Elsewhere a program may be copied and given its mode before it runs, or never run. */
function finding(folder: string, files: readonly FileEntry[], { plan }: Subject): Finding {
  const certain = folder === STARTED || folder === IN_PATH
  const [first] = files
  const subject = files.length === 1 ? (first?.path ?? folder) : folder
  const paths = files.map(({ path }) => path)
  const modes = [...new Set(files.map(({ mode }) => `\`${octal(mode)}\``))].sort().join(', ')
  const why =
    folder === STARTED
      ? ', and Lambda starts it with the function'
      : folder === IN_PATH
        ? ', and it is in PATH to be started'
        : ''
  const what =
    files.length === 1
      ? `The program ${code(subject)} has`
      : `${counted(files.length, 'program')} in ${code(folder)} have`
  return {
    rule: ID,
    level: certain ? 'error' : 'warning',
    confidence: certain ? 'proven' : 'heuristic',
    subject,
    message: `${what} no right to be executed by Lambda's user${files.length === 1 ? why : why.replace('it is', 'they are').replace('starts it', 'starts them')}`,
    expected: '`0755`',
    actual: modes,
    help: remedy(paths, plan.kind),
    ...examplesOf(paths),
  }
}

function remedy(paths: readonly string[], kind: 'image' | 'layer'): string {
  const command = `chmod 755 ${paths.slice(0, 3).map(shellWord).join(' ')}`
  if (kind === 'image') return `Set the mode in the Dockerfile (or \`COPY --chmod=755\`).\nRUN ${command}`
  return `Set the mode before the layer is packed.\n${command.replaceAll('/opt/', '')}`
}
