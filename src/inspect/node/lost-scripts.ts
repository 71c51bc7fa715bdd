import { posix } from 'node:path'
import type { NodePackage } from './node-file.ts'
import type { scriptClosure } from './script-closure.ts'

const ENDINGS = [
  '',
  '.js',
  '.json',
  '.node',
  '.cjs',
  '.mjs',
  '/package.json',
  '/index.js',
  '/index.json',
  '/index.node',
]
/** Of one script, and of those of one package. */
const [LARGEST, MOST] = [1024 * 1024, 8 * 1024 * 1024]
/** What is no script may be left out: declarations, styles, sources. */
const SCRIPT = /(?:^|\/)[^./]+$|\.[cm]?js$/

type Closure = ReturnType<typeof scriptClosure>

/**
 * Folders of packages that name a script of their own which is nowhere: as their entry, or in a script that their entry comes
 * to. An exclusion such as `dist` or `lib` takes them away. Whether anything fails for want of it is not decided here.
 */
export function lostScripts(
  packages: readonly NodePackage[],
  { from, entries }: Closure,
  folderOf: (path: string) => string,
  isThere: (path: string) => boolean,
): ReadonlySet<string> {
  const isFound = (base: string): boolean => ENDINGS.some((ending) => isThere(base + ending))
  return new Set(packages.filter(isIncomplete).map(({ path }) => posix.dirname(path)))

  function isIncomplete(one: NodePackage): boolean {
    const folder = posix.dirname(one.path)
    if (folderOf(one.path) !== folder || !folder.includes('/node_modules/')) return false
    if (entryNames(one).some((name) => SCRIPT.test(name) && !isFound(posix.join(folder, name)))) return true
    const starts = entries(one.name).filter(({ path }) => folderOf(path) === folder)
    const own = from(starts, { largest: LARGEST, most: MOST, allows: ({ path }) => folderOf(path) === folder })
    return [...own].some(({ path, text }) =>
      [...text.names().names].some(
        (name) => /^\.{1,2}\//.test(name) && SCRIPT.test(name) && !isFound(posix.resolve(posix.dirname(path), name)),
      ),
    )
  }
}

/** Files that the package's name stands for, under whatever conditions. */
function entryNames({ main, exports }: NodePackage): readonly string[] {
  if (exports === undefined) return main === undefined ? [] : [main]
  const isMap = typeof exports === 'object' && exports !== null && '.' in exports
  return leaves(isMap ? exports['.'] : exports).filter((name) => !name.includes('*'))
}

function leaves(exports: unknown): readonly string[] {
  if (typeof exports === 'string') return [exports]
  if (typeof exports !== 'object' || exports === null || Object.keys(exports).some((key) => key.startsWith('./')))
    return []
  return Object.values(exports).flatMap(leaves)
}
