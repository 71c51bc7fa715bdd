import type { Evidence, FileEntry } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { imageTree, isWithin } from './image-tree.ts'

/** What of an image is the user's: files of the base produce facts, never findings. */
export type UserScope = {
  /** The folders that hold the function's code. */
  readonly codeFolders: readonly string[]
  isCode(path: string): boolean
  /** Code, or a file that the base lacks or has otherwise (size, mode or time differ). */
  contains(path: string): boolean
  /** Code, or a path that the base lacks: stays small when the base is another release of the same system. */
  adds(path: string): boolean
  /** A base is known and has this path. */
  isOfBase(path: string): boolean
}

const scopes = new WeakMap<Subject, UserScope>()

export function userScope(subject: Subject): UserScope {
  const known = scopes.get(subject)
  if (known !== undefined) return known
  const codeFolders = folders(subject.artifact)
  const bases = subject.runtimes.flatMap(({ evidence }) =>
    isBase(evidence, subject.artifact) ? [imageTree(evidence)] : [],
  )
  const { entries } = imageTree(subject.artifact)
  const isCode = (path: string): boolean => codeFolders.some((folder) => isWithin(path, folder))
  const scope: UserScope = {
    codeFolders,
    isCode,
    contains(path) {
      if (isCode(path)) return true
      if (bases.length === 0) return isLanguagePackage(path)
      const entry = entries.get(path)
      return entry !== undefined && !bases.some((base) => isSame(base.entries.get(path), entry))
    },
    adds(path) {
      if (isCode(path)) return true
      if (bases.length === 0) return isLanguagePackage(path)
      return !bases.some((base) => base.entries.has(path))
    },
    isOfBase: (path) => bases.some((base) => base.entries.has(path)),
  }
  scopes.set(subject, scope)
  return scope
}

/** Without a base to compare with: in the folders that no distribution's own packages use. Asked of every file. */
function isLanguagePackage(path: string): boolean {
  return path.startsWith('/usr/local/') || path.includes('/site-packages/') || path.includes('/node_modules/')
}

/** An image that is its own runtime column says nothing about where its files come from. */
function isBase(evidence: Evidence | undefined, artifact: Evidence): evidence is Evidence {
  return evidence !== undefined && evidence !== artifact && evidence.image?.id !== artifact.image?.id
}

function folders({ image }: Evidence): readonly string[] {
  const own = [image?.workingDirectory, image?.environment.LAMBDA_TASK_ROOT]
  return [...new Set(['/var/task', '/opt', ...own.filter((path) => path?.startsWith('/') && path !== '/')])].filter(
    (path): path is string => path !== undefined,
  )
}

function isSame(base: FileEntry | undefined, entry: FileEntry): boolean {
  return (
    base !== undefined &&
    base.type === entry.type &&
    base.size === entry.size &&
    base.mode === entry.mode &&
    base.mtime === entry.mtime
  )
}
