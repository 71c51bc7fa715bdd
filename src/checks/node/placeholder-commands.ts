import { posix } from 'node:path'
import type { Subject } from '../check.ts'
import { bringsProgram, commandPackages } from './command-packages.ts'
import type { RootFailure } from './node-failures.ts'
import type { NodeTree } from './node-tree.ts'
import { variantsOf } from './platform-variants.ts'
import { unfitness } from './started-program.ts'
import { wantedPackages } from './wanted-packages.ts'

/**
 * Packages that are a command alone, in whose place a text lies that gives up: their install script, which did not run, would
 * have put the program there. Where none is installed for the platform that is told instead.
 */
export function placeholderCommands(subject: Subject, tree: NodeTree): readonly RootFailure[] {
  const alone = commandPackages(subject, tree)
  return wantedPackages(subject, tree).flatMap(({ name, facts }): readonly RootFailure[] => {
    const folder = posix.dirname(facts.path)
    if (!alone.has(folder)) return []
    const variants = variantsOf(tree, facts)
    if (variants !== undefined && !bringsProgram(tree, facts, variants.fitting)) return []
    const commands = Object.values(facts.commands ?? {}).map((file) => posix.join(folder, file))
    const path = commands.find((one) => unfitness(tree, one)?.kind === 'placeholder')
    if (path === undefined) return []
    const load = { kind: 'require' as const, argument: path, line: 0 }
    const failure = { script: path, line: 0, load, tried: [path], isProgram: true as const }
    return [{ root: { name, entry: path, folder, facts }, failure, inCommand: true }]
  })
}
