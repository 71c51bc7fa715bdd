import type { Evidence, FileEntry } from '../inspect/evidence.ts'
import type { Plan } from '../plan/plan.ts'
import type { Check, Finding } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { type ImageTree, imageTree, isFile, isWithin } from './facts/image-tree.ts'
import { startProgram } from './facts/start-program.ts'
import { type UserScope, userScope } from './facts/user-scope.ts'
import { code, counted, octal, shellWord } from './facts/wording.ts'
import { nodeUse } from './node/node-use.ts'

const ID = 'unreadable-file'
const OTHERS_READ = 0o4

export const unreadableFile: Check = {
  id: ID,
  title: "Lambda's user can read the function's files",
  appliesTo: () => true,
  run(subject) {
    const tree = imageTree(subject.artifact)
    const started = startProgram(subject.artifact)?.file
    const scope = userScope(subject)
    const named = searchedFolders(subject.artifact)
    const isNamed = (path: string): boolean => named.some((folder) => isWithin(path, folder))
    const closed = closedFolders(tree, (folder) =>
      mayHoldOurs(folder, scope, [...named, ...(started ? [started.path] : [])]),
    )
    const isOurs = ({ path }: FileEntry): boolean =>
      belongs(path, scope) || path === started?.path || (isNamed(path) && !scope.isOfBase(path))
    const behind: { folder: FileEntry; path: string }[] = []
    const unreadable: FileEntry[] = []
    const suspicious = new Set(tree.sought('closedFiles').map(({ path }) => parent(path)))
    // Modes are right in nearly all of an image's 10,000 folders, and those that are closed are the system's own.
    for (const place of closed === undefined ? suspicious : tree.folders()) {
      const folder = closed?.(place)
      if (folder === undefined && !suspicious.has(place)) continue
      for (const file of tree.childrenOf(place)) {
        if (folder === undefined && file.type !== 'hardlink' && (file.mode & OTHERS_READ) !== 0) continue
        if (!isFile(file)) continue
        if (folder !== undefined) {
          if (isOurs(file)) behind.push({ folder, path: file.path })
        } else if ((modeOf(file, tree) & OTHERS_READ) === 0 && isOurs(file)) {
          if (!(file.path === started?.path && isStartable(file, tree))) unreadable.push(file)
        }
      }
    }
    const isCode = (path: string): boolean => scope.isCode(path) || isNamed(path)
    const openUp = opener(subject.plan)
    const matters = (path: string) => isCode(path) && !DOCUMENT.test(path) && nodeUse(path, subject) !== 'unknown'
    const byMode = groupBy(unreadable, (file) => `${matters(file.path)} ${modeOf(file, tree)}`)
    return {
      findings: [
        ...[...groupBy(behind, ({ folder }) => folder.path).values()].flatMap((hidden) =>
          folderFinding(hidden, isCode, openUp),
        ),
        ...[...byMode.values()].map((same) => fileFinding(same, tree, matters, openUp)),
      ],
    }
  },
}

/** Folders that the image's own variables make its language look for code in (`pip install --user` of a build as root). */
function searchedFolders({ image }: Evidence): readonly string[] {
  const variables = ['PYTHONPATH', 'PYTHONUSERBASE', 'NODE_PATH', 'GEM_PATH', 'GEM_HOME', 'RUBYLIB', 'CLASSPATH']
  return variables
    .flatMap((name) => (image?.environment[name] ?? '').split(':'))
    .filter((folder) => folder.startsWith('/') && folder !== '/')
    .map((folder) => folder.replace(/\/+$/, ''))
}

/** Places where systems keep what only root needs; a function's own files do not lie there. */
const SYSTEM = ['/boot', '/dev', '/etc', '/home', '/proc', '/root', '/run', '/sys', '/tmp', '/usr', '/var']

/** The function's code, and what the user put beside the system (`/data/model.bin`, packages in `/usr/local`). */
function belongs(path: string, scope: UserScope): boolean {
  if (scope.isCode(path)) return true
  if (SYSTEM.some((folder) => isWithin(path, folder)) && !isWithin(path, '/usr/local')) return false
  return scope.adds(path)
}

/** False for a folder of the system's below which nothing can be that belongs to the function. */
function mayHoldOurs(folder: string, { codeFolders }: UserScope, named: readonly string[]): boolean {
  if (!SYSTEM.some((one) => isWithin(folder, one))) return true
  const ours = [...codeFolders, '/usr/local', ...named]
  return ours.some((one) => isWithin(one, folder) || isWithin(folder, one))
}

/** What people and compilers read, not a function: licences, texts, sources of C, declarations of types. */
const DOCUMENT =
  /\.(?:md|markdown|rst|d\.[cm]?ts|map|h|hpp|c|cc|cpp|gyp)$|\/(?:licen[cs]e|readme|changelog|notice|authors)[^/]*$/i

/** A native program is started without being read; a program that may not be executed is `entrypoint`'s subject. */
function isStartable(program: FileEntry, { elf }: ImageTree): boolean {
  return (program.mode & 0o1) === 0 || elf.has(program.path)
}

/** Looks the topmost folder up that others may not enter: everything below it is out of reach. `undefined`: there is none. */
function closedFolders(
  tree: ImageTree,
  counts: (folder: string) => boolean,
): ((folder: string) => FileEntry | undefined) | undefined {
  const all = tree
    .sought('closedFolders')
    .filter((entry) => counts(entry.path) && tree.entries.get(entry.path) === entry)
  if (all.length === 0) return undefined
  const byPath = new Map(all.map((entry) => [entry.path, entry]))
  // An image has 10,000 folders and few closed ones: only beginnings as long as one of these are looked up.
  const lengths = [...new Set(all.map(({ path }) => path.length))].sort((a, b) => a - b)
  const root = byPath.get('/')
  return (folder) => {
    if (root !== undefined) return root
    for (const length of lengths) {
      if (length > folder.length) return undefined
      if (length < folder.length && folder[length] !== '/') continue
      const closed = byPath.get(folder.slice(0, length))
      if (closed !== undefined) return closed
    }
    return undefined
  }
}

function parent(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

/** A hard link has the mode of the file it is another name of. */
function modeOf(file: FileEntry, { entries }: ImageTree): number {
  return (file.type === 'hardlink' && file.link !== undefined ? entries.get(file.link)?.mode : undefined) ?? file.mode
}

function folderFinding(
  hidden: readonly { readonly folder: FileEntry; readonly path: string }[],
  isCode: (path: string) => boolean,
  openUp: Opener,
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

function fileFinding(
  files: readonly FileEntry[],
  tree: ImageTree,
  matters: (path: string) => boolean,
  openUp: Opener,
): Finding {
  const paths = files.map(({ path }) => path)
  const subject = commonFolder(paths)
  const [first] = files
  const mode = octal(first === undefined ? 0 : modeOf(first, tree))
  const what = files.length === 1 ? code(subject) : `${files.length} files in ${code(subject)}`
  return {
    rule: ID,
    ...(paths.some(matters) ? PROVEN : LIKELY),
    subject,
    message: `${what} cannot be read by Lambda's user: mode \`${mode}\``,
    expected: '`0644`: others may read it',
    actual: `\`${mode}\``,
    help: openUp(subject, files.length === 1),
    ...examplesOf(paths),
  }
}

const PROVEN = { level: 'error', confidence: 'proven' } as const
/** Nothing tells that the function reads it: out of the code folders, a document, an addon that its package does without. */
const LIKELY = { level: 'warning', confidence: 'heuristic' } as const

type Opener = (path: string, isFile?: boolean) => string

function opener({ kind }: Plan): Opener {
  if (kind === 'layer') {
    return () =>
      'Give others permission before packing, or give the folder as `layer-path`: a finished zip is published as it is.\nchmod -R a+rX layer && (cd layer && zip -qry ../layer.zip .)'
  }
  return (path, isFile = false) =>
    `Give others permission in the Dockerfile, after the files are copied (or \`COPY --chmod=755\`).\nRUN chmod ${isFile ? 'o+r' : '-R o+rX'} ${shellWord(path)}`
}
