import { posix } from 'node:path'
import type { FileEntry } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { type ImageTree, imageTree, isFile, isWithin } from './facts/image-tree.ts'
import { startProgram } from './facts/start-program.ts'
import { userScope } from './facts/user-scope.ts'
import { code, counted, octal, shellWord } from './facts/wording.ts'

const ID = 'unreadable-file'
const OTHERS_READ = 0o4
const OTHERS_ENTER = 0o1

export const unreadableFile: Check = {
  id: ID,
  title: "Lambda's user can read the function's files",
  appliesTo: () => true,
  run(subject) {
    const tree = imageTree(subject.artifact)
    const files = subject.artifact.files.filter((entry) => isFile(entry) && belongs(entry, subject))
    const closed = closedFolders(tree)
    const behind: { folder: FileEntry; path: string }[] = []
    const unreadable: FileEntry[] = []
    for (const file of files) {
      const folder = closed(posix.dirname(file.path))
      if (folder !== undefined) behind.push({ folder, path: file.path })
      else if ((modeOf(file, tree) & OTHERS_READ) === 0 && !isStarted(file, subject)) unreadable.push(file)
    }
    const { isCode } = userScope(subject)
    const byMode = groupBy(unreadable, (file) => `${isCode(file.path)} ${modeOf(file, tree)}`)
    return {
      findings: [
        ...[...groupBy(behind, ({ folder }) => folder.path).values()].flatMap((hidden) =>
          folderFinding(hidden, isCode),
        ),
        ...[...byMode.values()].map((same) => fileFinding(same, tree, isCode)),
      ],
    }
  },
}

/** Places where systems keep what only root needs; a function's own files do not lie there. */
const SYSTEM = ['/boot', '/dev', '/etc', '/home', '/proc', '/root', '/run', '/sys', '/tmp', '/usr', '/var']

/** The function's code, and what the user put beside the system (`/data/model.bin`, packages in `/usr/local`). */
function belongs(entry: FileEntry, subject: Subject): boolean {
  const scope = userScope(subject)
  if (scope.isCode(entry.path) || entry.path === startProgram(subject.artifact)?.file?.path) return true
  if (!scope.adds(entry.path)) return false
  return isWithin(entry.path, '/usr/local') || !SYSTEM.some((folder) => isWithin(entry.path, folder))
}

/** A native program is started without being read; a program that may not be executed is `entrypoint`'s subject. */
function isStarted(file: FileEntry, { artifact }: Subject): boolean {
  if (file.path !== startProgram(artifact)?.file?.path) return false
  return (file.mode & 0o1) === 0 || imageTree(artifact).elf.has(file.path)
}

/** Looks the topmost folder up that others may not enter: everything below it is out of reach. */
function closedFolders(tree: ImageTree): (folder: string) => FileEntry | undefined {
  const known = new Map<string, FileEntry | undefined>()
  return function closed(folder): FileEntry | undefined {
    if (known.has(folder)) return known.get(folder)
    const entry = tree.entries.get(folder)
    const here = entry?.type === 'directory' && (entry.mode & OTHERS_ENTER) === 0 ? entry : undefined
    const found = (folder === '/' ? undefined : closed(posix.dirname(folder))) ?? here
    known.set(folder, found)
    return found
  }
}

/** A hard link has the mode of the file it is another name of. */
function modeOf(file: FileEntry, { entries }: ImageTree): number {
  return (file.type === 'hardlink' && file.link !== undefined ? entries.get(file.link)?.mode : undefined) ?? file.mode
}

function folderFinding(
  hidden: readonly { readonly folder: FileEntry; readonly path: string }[],
  isCode: (path: string) => boolean,
): readonly Finding[] {
  const folder = hidden[0]?.folder
  if (folder === undefined) return []
  const inCode = hidden.some(({ path }) => isCode(path))
  return [
    {
      rule: ID,
      ...(inCode ? PROVEN : LIKELY),
      subject: folder.path,
      message: `${counted(hidden.length, 'file')} behind ${code(folder.path)} cannot be read: the folder has mode \`${octal(folder.mode)}\`, and Lambda's user is neither its owner nor in its group`,
      expected: '`0755`: others may enter it',
      actual: `\`${octal(folder.mode)}\``,
      help: openUp(folder.path),
      ...examplesOf(hidden.map(({ path }) => path)),
    },
  ]
}

function fileFinding(files: readonly FileEntry[], tree: ImageTree, isCode: (path: string) => boolean): Finding {
  const paths = files.map(({ path }) => path)
  const subject = commonFolder(paths)
  const [first] = files
  const mode = octal(first === undefined ? 0 : modeOf(first, tree))
  const what = files.length === 1 ? code(subject) : `${files.length} files in ${code(subject)}`
  return {
    rule: ID,
    ...(paths.some(isCode) ? PROVEN : LIKELY),
    subject,
    message: `${what} cannot be read by Lambda's user: mode \`${mode}\``,
    expected: '`0644`: others may read it',
    actual: `\`${mode}\``,
    help: openUp(subject),
    ...examplesOf(paths),
  }
}

const PROVEN = { level: 'error', confidence: 'proven' } as const
/** Out of the code folders nothing tells whether the function reads a file. */
const LIKELY = { level: 'warning', confidence: 'heuristic' } as const

function openUp(path: string): string {
  return `Give others permission in the Dockerfile, after the files are copied (or \`COPY --chmod=755\`).\nRUN chmod -R o+rX ${shellWord(path)}`
}
