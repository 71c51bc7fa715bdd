import { posix } from 'node:path'
import type { Evidence, FileEntry, ImageFacts } from '../../inspect/evidence.ts'
import { type ImageTree, imageTree, isFile } from './image-tree.ts'

/** What Lambda starts: ENTRYPOINT followed by CMD, the first of which is the program. */
export type StartProgram = {
  readonly argv: readonly string[]
  /** The first of argv, as written. */
  readonly name: string
  /** Where its file was looked for. */
  readonly tried: readonly string[]
  /** With links followed; absent when no such file exists. */
  readonly file?: FileEntry
}

/** Entry script of AWS's base images: execs the runtime with its one argument as the handler. */
export const AWS_ENTRYPOINT = '/lambda-entrypoint.sh'

// As execvp of glibc when PATH is not set.
const DEFAULT_PATH = '/bin:/usr/bin'

/** `undefined` when the image has neither ENTRYPOINT nor CMD, or no configuration is known. */
export function startProgram(evidence: Evidence): StartProgram | undefined {
  const { image } = evidence
  if (image === undefined) return undefined
  const argv = [...image.entrypoint, ...image.command]
  const [name] = argv
  if (name === undefined) return undefined
  const tried = candidates(name, image)
  const file = firstRunnable(tried, imageTree(evidence))
  return { argv, name, tried, ...(file === undefined ? {} : { file }) }
}

/** A program that is named in a shebang line or by a command, looked for in the image's PATH. */
export function findInPath(name: string, evidence: Evidence): FileEntry | undefined {
  const { image } = evidence
  return image === undefined ? undefined : firstRunnable(candidates(name, image), imageTree(evidence))
}

function candidates(name: string, { environment, workingDirectory }: ImageFacts): readonly string[] {
  if (name.includes('/')) return [posix.resolve('/', workingDirectory, name)]
  const folders = (environment.PATH ?? DEFAULT_PATH).split(':').filter((folder) => folder.startsWith('/'))
  return [...new Set(folders.map((folder) => posix.join(folder, name)))]
}

/** The first file that somebody may execute, as a shell looks it up; else the first file. */
function firstRunnable(paths: readonly string[], tree: ImageTree): FileEntry | undefined {
  const files = paths.map((path) => tree.resolve(path)).filter(isFile)
  return files.find((file) => (file.mode & 0o111) !== 0) ?? files[0]
}
