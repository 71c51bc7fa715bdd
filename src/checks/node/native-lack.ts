import type { Failure } from './module-outcome.ts'
import type { NodeTree } from './node-tree.ts'
import { nameFit } from './platform-name.ts'
import { packageFolderOf } from './resolve-module.ts'

/** An addon or a program is missing, rather than a package of JavaScript. */
export function isNativeLack(tree: NodeTree, { addon, load, tried, isProgram }: Failure): boolean {
  if (addon !== undefined || isProgram === true || (load.kind !== 'require' && load.kind !== 'import')) return true
  return tried.some((name) => name.endsWith('.node') || nameFit(name.split('/').slice(0, 2).join('/'), tree) === 'here')
}

/**
 * What is missing was promised: by the dependencies of the package that asks for it. What is only tried was not. An optional
 * one is promised to the package's own scripts alone (`at`): whoever else comes to grief does not of that.
 */
export function isDeclared(tree: NodeTree, { script, tried }: Failure, at: string): boolean {
  const folder = packageFolderOf(tree, script)
  const own = folder === undefined ? undefined : tree.packageAt(folder)
  const isAmong = (names: readonly string[] = []): boolean =>
    tried.some((one) => names.some((name) => one === name || one.startsWith(`${name}/`)))
  return isAmong(own?.dependencies) || (isAmong(own?.optionalDependencies) && at.startsWith(`${folder}/`))
}

/** Another package that is among the dependencies of the one that asks for it, and that nobody may leave out. */
export function isPromised(tree: NodeTree, { script, tried }: Failure): boolean {
  const own = tree.packageAt(packageFolderOf(tree, script) ?? '')
  return tried.length > 0 && tried.every((one) => own?.dependencies?.includes(one) === true)
}
