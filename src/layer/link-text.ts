import { posix } from 'node:path'
import type { UnpackedFile } from './unpacked-zip.ts'

const LONGEST = 255

/**
 * Finds symbolic links whose type was lost on the way into a zip (Git on Windows, zips without `-y` of such a checkout):
 * small files where links are usual, whose whole text is the path of another file.
 */
export function linksAsText(files: readonly UnpackedFile[]): {
  /** Whether the content is worth a look. */
  mayBe(path: string, size: number): boolean
  leadsTo(path: string, text: string): boolean
} {
  const paths = new Set(files.map(({ path }) => path))
  return {
    mayBe: (path, size) => size > 0 && size <= LONGEST && OFTEN_LINKED.test(path),
    leadsTo(path, text) {
      if (!/^[^\s\0#!]+$/.test(text)) return false
      const target = posix.join(posix.dirname(path), text)
      return target !== path && paths.has(target)
    },
  }
}

const OFTEN_LINKED = /\.so(?:\.\d+)*$|(?:^|\/)\.?s?bin\/[^/]+$/
