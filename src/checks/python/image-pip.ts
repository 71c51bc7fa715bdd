import { posix } from 'node:path'
import { isFile } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { pythonVersion } from './interpreter.ts'

/**
 * Whether `pip` in an image is that of the function's Python: then it takes what fits by itself. Of two Pythons the one
 * that PATH leads to may be the other.
 */
export function hasOwnPip(view: RuntimeView): boolean {
  const version = pythonVersion(view)
  const folders = ['/var/lang/bin', ...(view.environment.PATH ?? '').split(':')].filter((one) => one.startsWith('/'))
  const first = folders.find((folder) => isFile(view.tree.resolve(posix.join(folder, 'pip'))))
  if (version === undefined || first === undefined) return false
  const real = view.tree.resolve(posix.join(first, 'pip'))?.path ?? first
  const names = [first, posix.dirname(real)].map((folder) => posix.join(folder, `pip${version}`))
  return names.some((name) => isFile(view.tree.resolve(name)))
}
