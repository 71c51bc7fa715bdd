import { lstatSync, rmdirSync, rmSync } from 'node:fs'

/**
 * Takes back what the lab has put outside its own folder. A path that ends with `/` goes with all it holds; any other
 * folder goes only when it is empty, since others may have put something there.
 */
export function removePlaced(paths: readonly string[]): void {
  // Longer paths first: children before their folder.
  for (const path of paths.toSorted((a, b) => b.length - a.length)) {
    const whole = path.endsWith('/')
    if (whole || !lstatSync(path, { throwIfNoEntry: false })?.isDirectory())
      rmSync(path, { recursive: whole, force: true })
    else removeEmptyFolder(path)
  }
}

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  }
}
