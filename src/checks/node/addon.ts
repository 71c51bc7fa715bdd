import type { ElfFile } from '../../inspect/evidence.ts'
import { defines } from '../../inspect/symbol-table.ts'
import { type LoaderProcess, loadInto, startProcess } from '../../loader/load.ts'
import { failsToLoad, type LoadResult } from '../../loader/load-result.ts'
import { loaderSystem } from '../../loader/loader-system.ts'
import { addonAbi, imports } from './addon-abi.ts'
import { newerNodeApi } from './node-api.ts'
import type { NodeTree } from './node-tree.ts'

/** What comes of `process.dlopen` on one file. */
export type AddonOutcome =
  | { readonly ok: true; readonly file: ElfFile; readonly result: LoadResult }
  | {
      readonly ok: false
      readonly path: string
      readonly file?: ElfFile
      readonly result?: LoadResult
      readonly why: AddonFailure
    }

export type AddonFailure =
  /** Not ELF, or cut off. */
  | { readonly kind: 'no-library' }
  /** Lambda's user may not read it. */
  | { readonly kind: 'unreadable' }
  /** Another processor's, or one that the loader refuses. */
  | { readonly kind: 'refused' }
  /** A library or a version of one is missing. */
  | { readonly kind: 'load' }
  | { readonly kind: 'abi'; readonly built: number; readonly wanted: number }
  /** Node.js ends by SIGSEGV when an addon states a Node-API that it does not have (18.20, 20.20, 22.12, 23.3: tried). */
  | { readonly kind: 'node-api'; readonly built: number; readonly wanted: number }
  | { readonly kind: 'symbols'; readonly symbols: readonly string[] }

const processes = new WeakMap<NodeTree, LoaderProcess>()

/** The process of `node` in this runtime. */
export function nodeProcess(tree: NodeTree): LoaderProcess {
  const known = processes.get(tree)
  if (known !== undefined) return known
  const system = loaderSystem(tree.view, tree.architecture)
  const { process } = startProcess(system, nodeProgram(tree))
  processes.set(tree, process)
  return process
}

export function nodeProgram({ view }: NodeTree): ElfFile | undefined {
  const folders = ['/var/lang/bin', ...(view.environment.PATH ?? '/usr/local/bin:/usr/bin:/bin').split(':')]
  for (const folder of folders) {
    const file = view.tree.elf.get(view.tree.resolve(`${folder}/node`)?.path ?? '')
    if (file !== undefined) return file
  }
  return undefined
}

const outcomes = new WeakMap<NodeTree, Map<string, AddonOutcome>>()

/** `path`: real path of a file that exists. */
export function loadAddon(tree: NodeTree, path: string): AddonOutcome {
  const byPath = outcomes.get(tree) ?? new Map<string, AddonOutcome>()
  outcomes.set(tree, byPath)
  const outcome = byPath.get(path) ?? judge(tree, path)
  byPath.set(path, outcome)
  return outcome
}

function judge(tree: NodeTree, path: string): AddonOutcome {
  const file = tree.view.tree.elf.get(path)
  if (file === undefined || file.problem !== undefined)
    return { ok: false, path, ...(file && { file }), why: { kind: 'no-library' } }
  if (!isReadable(tree, path)) return { ok: false, path, file, why: { kind: 'unreadable' } }
  const { result } = loadInto(nodeProcess(tree), file)
  if (result.refused !== undefined) return { ok: false, path, file, result, why: { kind: 'refused' } }
  if (failsToLoad(result)) return { ok: false, path, file, result, why: { kind: 'load' } }
  const built = addonAbi(file)
  const [likeliest] = built === 'stable' ? [] : built
  if (likeliest !== undefined && tree.abi !== undefined && built !== 'stable' && !built.includes(tree.abi))
    return { ok: false, path, file, result, why: { kind: 'abi', built: likeliest, wanted: tree.abi } }
  const refused = newerNodeApi(file, tree.view)
  if (refused !== undefined) return { ok: false, path, file, result, why: { kind: 'node-api', ...refused } }
  // Most of what an addon wants is node's own: without its symbols nothing can be told.
  const missing = nodeProgram(tree)?.symbols === undefined ? [] : missingAtLoad(file, result)
  if (missing.length > 0) return { ok: false, path, file, result, why: { kind: 'symbols', symbols: missing } }
  const unknown = built === 'stable' || built.length > 0 ? [] : otherEngine(tree, file)
  if (unknown.length > 0) return { ok: false, path, file, result, why: { kind: 'symbols', symbols: unknown } }
  return { ok: true, file, result }
}

function isReadable({ view: { tree } }: NodeTree, path: string): boolean {
  const entry = tree.entries.get(path)
  return entry === undefined || entry.type === 'hardlink' || (entry.mode & 0o4) !== 0
}

/**
 * An addon that registers itself without naming its version is refused when it was compiled for another one. What it wants
 * of V8 and this one lacks shows that.
 */
function otherEngine(tree: NodeTree, file: ElfFile): readonly string[] {
  const program = nodeProgram(tree)
  if (program === undefined || !defines(program, 'napi_module_register')) return []
  const names = imports(file)
    .split(' ')
    .map((name) => name.replace(/@.*/, ''))
  if (!names.includes('node_module_register')) return []
  return names.filter((name) => /^_ZN[A-Z]*(?:2v8|4node)/.test(name) && !defines(program, name) && !defines(file, name))
}

/** Node.js loads addons with RTLD_LAZY: only what the file's data refers to has to be there. */
function missingAtLoad(file: ElfFile, { undefinedSymbols }: LoadResult): readonly string[] {
  if (undefinedSymbols.length === 0) return []
  const atOnce = new Set(
    `${file.symbols?.atLoad ?? ''} ${file.bindNow ? (file.symbols?.atCall ?? '') : ''}`
      .split(' ')
      .map((one) => one.replace(/@.*/, '')),
  )
  return undefinedSymbols
    .filter(({ neededBy, symbol }) => neededBy.path === file.path && atOnce.has(symbol))
    .map(({ symbol }) => symbol)
}
