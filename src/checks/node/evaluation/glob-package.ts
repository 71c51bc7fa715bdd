import { posix } from 'node:path'
import { packageFolderOf } from '../resolve-module.ts'
import type { Engine } from './engine.ts'
import { get, namespace } from './natives.ts'
import type { ScriptHost } from './script-host.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

/**
 * The package `glob`, which says what is there under a name. As it makes regular expressions of everything it is better
 * known than read; patterns that mean more than one name stay unknown.
 */
export function globPackage(host: ScriptHost, engine: Engine, path: string): Value {
  const { tree } = host
  const folder = packageFolderOf(tree, path)
  if (folder === undefined || tree.packageAt(folder)?.name !== 'glob') return undefined
  const sync = (_: Value, [pattern, options]: readonly Value[]): Value => {
    if (typeof pattern !== 'string' || /[*?[\]{}()!+@|\\]/.test(pattern.replace(/\/@(?=[^/(]+\/)/g, '/')))
      return UNKNOWN
    const [cwd, nocase] = ['cwd', 'nocase'].map((name) =>
      options instanceof Thing ? get(engine, options, name) : undefined,
    )
    if (cwd === UNKNOWN || nocase === UNKNOWN) return UNKNOWN
    const asked = posix.resolve(typeof cwd === 'string' ? cwd : host.workingFolder, pattern)
    const found = nocase === true ? sameButForCase(host, asked) : exists(host, asked) ? [pattern] : []
    if (found.length === 0) host.probed(asked)
    return engine.array([...found])
  }
  return namespace(engine, { sync, globSync: sync })
}

function exists({ tree }: ScriptHost, path: string): boolean {
  return tree.fileAt(path) !== undefined || tree.isFolder(path)
}

function sameButForCase({ tree }: ScriptHost, asked: string): readonly string[] {
  return asked
    .split('/')
    .slice(1)
    .reduce<readonly string[]>(
      (folders, part) =>
        folders.flatMap((folder) =>
          tree
            .namesIn(folder || '/')
            .filter((name) => name.toLowerCase() === part.toLowerCase())
            .map((name) => `${folder}/${name}`),
        ),
      [''],
    )
}
