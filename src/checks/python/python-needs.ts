import type { LoadResult } from '../../loader/load-result.ts'
import type { Finding, Subject } from '../check.ts'
import { breaking, loadCase } from '../facts/load-case.ts'
import type { Need } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { filesOf, type ImportedFile, type ImportFailure, type Place, placed } from './import-result.ts'
import { neededModules } from './needed-modules.ts'
import { type PythonImports, pythonImports } from './python-imports.ts'

/** What Python makes of one native file, also of such that are no ELF files or bear a name that it passes over. */
export type PythonNeed = {
  /** `unused`: no import of a shipped module reaches it. */
  readonly need: Need
  /** True when an import wants the file and does not get it loaded. */
  readonly fails: boolean
  /** For people: `imported by /opt/python/numpy/core/multiarray.py line 9`. */
  readonly because: string
  /** The shipped module whose import gets there. */
  readonly module: string
  /** That import goes well: what the package is for does not. */
  readonly inUse?: true
  readonly result?: LoadResult
}

const known = new WeakMap<PythonImports, ReadonlyMap<string, PythonNeed>>()
const NOTHING: ReadonlyMap<string, PythonNeed> = new Map()

/** Native files by path that imports of shipped modules ask for, each by the import that needs it most, and most directly. */
export function pythonNeeds(subject: Subject, view: RuntimeView): ReadonlyMap<string, PythonNeed> {
  const imports = pythonImports(subject, view)
  if (imports === undefined) return NOTHING
  const needs = known.get(imports) ?? collect(imports)
  known.set(imports, needs)
  return needs
}

/** What cannot be imported for them: nothing, where only a use fails. */
export function breaks(needs: readonly Pick<PythonNeed, 'module' | 'inUse'>[]): Pick<Finding, 'breaks'> {
  return breaking(needs.map(({ module, inUse }) => (inUse === true ? undefined : loadCase('import', module))))
}

function collect({ packages, world }: PythonImports): ReadonlyMap<string, PythonNeed> {
  const needs = new Map<string, PythonNeed & Way>()
  const add = (path: string, need: PythonNeed & Way): void => {
    const before = needs.get(path)
    if (before === undefined || tellsMore(need, before)) needs.set(path, need)
  }
  for (const one of packages) {
    const { imports, uses, isRequested } = one
    const needed = neededModules(one, world)
    for (const { module, files, failures, caught } of imports) {
      const isAsked = isRequested && needed.has(module)
      const asFar = (need: PythonNeed & Way): PythonNeed & Way => (isAsked ? need : { ...need, need: 'optional' })
      for (const file of files) add(file.file, asFar(ofFile(file, module)))
      for (const failure of [...failures, ...caught])
        for (const path of filesOf(failure)) add(path, asFar(ofFailure(failure, module)))
    }
    for (const { module, file, failure } of uses)
      add(file, { ...ofFailure({ ...failure, caught: false }, module), inUse: true })
  }
  return needs
}

/** How many imports lie between the module and the file. */
type Way = { readonly steps: number }

/** Of imports that fail alike the shortest is told: the package's own, not that of another which imports it. */
function tellsMore(one: PythonNeed & Way, before: PythonNeed & Way): boolean {
  if (one.need !== before.need) return one.need === 'required'
  if (one.fails !== before.fails) return one.fails
  return one.steps < before.steps
}

function ofFile({ file, isRequired, fails, chain, result }: ImportedFile, module: string): PythonNeed & Way {
  const need = isRequired ? 'required' : 'optional'
  return {
    need,
    fails,
    because: because(chain, module, file),
    module,
    steps: chain.length,
    ...(result === undefined ? {} : { result }),
  }
}

function ofFailure({ caught, chain, cause }: ImportFailure, module: string): PythonNeed & Way {
  const result = cause.kind === 'load' ? cause.result : undefined
  return {
    need: caught ? 'optional' : 'required',
    fails: true,
    because: because(chain, module, cause.kind === 'load' ? cause.file : ''),
    module,
    steps: chain.length,
    ...(result === undefined ? {} : { result }),
  }
}

/** A library of C is opened (ctypes), not imported. */
function because(chain: readonly Place[], module: string, file: string): string {
  const last = chain.at(-1)
  if (last === undefined) return `\`import ${module}\` loads it`
  return `${/\/lib[^/]*\.so[.\d]*$/.test(file) ? 'opened' : 'imported'} by ${placed(last)}`
}
