import { posix } from 'node:path'
import type { NodePackage } from '../../inspect/node/node-file.ts'
import { ownValue } from '../../own-value.ts'
import { type ModuleLoad, runCommand } from './evaluation/load-module.ts'
import type { Failure } from './module-outcome.ts'
import { isNativeLack } from './native-lack.ts'
import type { NodeRoot } from './node-roots.ts'
import type { NodeTree } from './node-tree.ts'
import { variantsOf } from './platform-variants.ts'

/**
 * Why the commands of a package cannot be run, which are all that it is there for: what `require` gives is nothing
 * (grpc-tools), is the command itself, or comes to none of the native code that the package has for each platform (oxlint);
 * or they start what its install script brings.
 */
export function commandsInVain(
  tree: NodeTree,
  { name, entry, facts }: NodeRoot,
  load: ModuleLoad,
): Failure | undefined {
  if (facts?.commands === undefined || name !== facts.name) return undefined
  const files = commandFiles(facts).map((path) => tree.fileAt(path) ?? path)
  const isItself = isCommandItself(tree, { entry, facts }, load)
  if (!isItself && (load.ends !== 'loads' || load.addons.length > 0 || load.looksForNative === true)) return undefined
  const isAll = isItself || load.isEmpty === true || variantsOf(tree, facts) !== undefined
  if (!isAll && facts.installScripts === undefined) return undefined
  const [first, ...others] = files.map((path) => runCommand(tree, path).failure)
  const areInVain = [first, ...others].every(
    (one) => one !== undefined && isNativeLack(tree, one) && (isAll || isOfInstall(one, facts)),
  )
  return areInVain ? first : undefined
}

/** A program in the package's own folder, which its install script would have brought (node-jq): its functions start it too. */
function isOfInstall({ isProgram, tried }: Failure, { path }: NodePackage): boolean {
  return isProgram === true && tried.every((program) => program.startsWith(`${posix.dirname(path)}/`))
}

/** What `require` loads is the command, which ends the process (sherif). */
export function isCommandItself(
  tree: NodeTree,
  { entry, facts }: Pick<NodeRoot, 'entry' | 'facts'>,
  { endsProcess }: ModuleLoad,
): boolean {
  if (facts?.commands === undefined || endsProcess !== true) return false
  return commandFiles(facts).every((path) => tree.fileAt(path) === entry)
}

/** Of several the one that is called like the package, else all of them. */
export function commandFiles({ path, name, commands = {} }: NodePackage): readonly string[] {
  const own = ownValue(commands, posix.basename(name))
  return (own === undefined ? Object.values(commands) : [own]).map((file) => posix.join(posix.dirname(path), file))
}
