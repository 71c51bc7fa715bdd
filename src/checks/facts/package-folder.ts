import { posix } from 'node:path'

// The innermost wins: node_modules/a/node_modules/b is b's.
const PACKAGE = /^.*\/(?:node_modules\/(?:@[^/]+\/)?[^/]+|(?:site|dist)-packages\/[^/]+)(?=\/)/

/**
 * The folder by which native files are counted as one cause: the package that a package manager put there, by its
 * path; else the file's own folder. Who really owns a file is for the owners of files to say.
 */
export function packageFolder(path: string): string {
  return PACKAGE.exec(path)?.[0] ?? posix.dirname(path)
}
