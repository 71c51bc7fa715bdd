import { posix } from 'node:path'
import type { Subject } from '../check.ts'
import { FETCH_LFS, shippedName } from '../facts/program-remedy.ts'
import { code, shellWord } from '../facts/wording.ts'
import type { Failure } from './module-outcome.ts'
import type { NodeTree } from './node-tree.ts'
import { rebuild, reinstall, restore } from './npm-remedy.ts'
import type { Package } from './package-findings.ts'
import { type Unfitness, unfitness } from './started-program.ts'

/** What is wrong with the program that a package starts, and what to do: words of a finding. */
export type ProgramLack = { readonly what: string; readonly actual: string; readonly help: string }

/** `undefined`: it is no program that is missing. */
export function programLack(
  { isProgram, tried, script }: Failure,
  own: Package,
  tree: NodeTree,
  subject: Subject,
): ProgramLack | undefined {
  const [path] = tried
  if (isProgram !== true || path === undefined) return undefined
  const program = posix.resolve(posix.dirname(script), path)
  const why = unfitness(tree, program) ?? ABSENT
  const name = code(posix.basename(program))
  return {
    what: `cannot start its program (${name} ${why.what})`,
    actual: why.kind === 'absent' ? 'no such file' : `it ${why.what}`,
    help: remedy(why, program, own, tree, subject),
  }
}

const ABSENT: Unfitness = { kind: 'absent', what: 'is not there' }

function remedy({ kind }: Unfitness, path: string, own: Package, tree: NodeTree, subject: Subject): string {
  const { installScripts, binary } = tree.packageAt(own.folder) ?? {}
  const isInstalled = installScripts !== undefined || binary !== undefined
  switch (kind) {
    case 'lfs':
      return FETCH_LFS
    case 'absent':
    case 'emptied':
    case 'placeholder':
      return isInstalled ? rebuild(subject, own.name) : restore(tree)
    case 'other-system':
      return isInstalled ? rebuild(subject, own.name) : reinstall(tree, own.name)
    case 'mode':
      return isInstalled
        ? rebuild(subject, own.name)
        : `Keep the modes of files when they are copied and packed, or set this one again.\nchmod +x ${shellWord(shippedName(path))}`
    default:
      return `Install ${code(own.name)} again, without the cache that may hold the broken file.\nnpm cache clean --force && npm ci`
  }
}
