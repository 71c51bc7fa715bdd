import type { ElfFile } from '../../inspect/evidence.ts'
import { defines } from '../../inspect/symbol-table.ts'
import { nodeProgram } from './addon.ts'
import type { NodeReport } from './node-failures.ts'

/** An addon that names symbols which the runtime's node does not have. */
export type UnknownSymbols = {
  readonly file: ElfFile
  readonly isNeeded: boolean
  /** It cannot be loaded; otherwise the first call ends the process. */
  readonly atLoad: boolean
  readonly symbols: readonly string[]
}

/** Symbols of `pattern` that addons want and node lacks; `undefined` when node's own are not known. */
export function unknownSymbols({ uses, tree }: NodeReport, pattern: RegExp): readonly UnknownSymbols[] | undefined {
  const program = nodeProgram(tree)
  // A node that is linked with libnode exports nothing itself.
  if (program === undefined || !defines(program, 'napi_module_register')) return undefined
  const seen = new Map<string, UnknownSymbols>()
  for (const { addon, isNeeded, isLazy } of uses) {
    const { file } = addon
    if (file?.symbols === undefined || (!addon.ok && addon.why.kind !== 'symbols')) continue
    const missing = (names: string): readonly string[] =>
      names
        .split(' ')
        .map((name) => name.replace(/@.*/, ''))
        .filter((name) => pattern.test(name) && !defines(program, name) && !defines(file, name))
    const atLoad = missing(file.symbols.atLoad)
    const atCall = missing(file.symbols.atCall)
    const fails = !addon.ok || atLoad.length > 0 || (file.bindNow === true && atCall.length > 0)
    const before = seen.get(file.path)
    if (atLoad.length + atCall.length > 0)
      seen.set(file.path, {
        file,
        isNeeded: (isNeeded && !isLazy) || before?.isNeeded === true,
        atLoad: fails,
        symbols: [...new Set([...atLoad, ...atCall])],
      })
  }
  return [...seen.values()]
}
