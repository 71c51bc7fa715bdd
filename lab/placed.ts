import { lstatSync, rmdirSync, rmSync } from 'node:fs'

/** Takes back files and folders that the lab has put outside its own folder; a folder that others use too stays. */
export function removePlaced(paths: readonly string[]): void {
  // Longer paths first: children before their folder.
  for (const path of paths.toSorted((a, b) => b.length - a.length)) {
    const entry = lstatSync(path, { throwIfNoEntry: false })
    if (entry === undefined) continue
    if (entry.isDirectory()) removeEmptyFolder(path)
    else rmSync(path)
  }
}

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  }
}
