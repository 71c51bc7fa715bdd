import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { LoadResult } from '../../loader/load-result.ts'
import type { Subject } from '../check.ts'
import type { Need } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { filesOf, guardedFiles, type ImportedFile, type ImportFailure, type Place } from './import-result.ts'
import { type PackageImports, type PythonImports, pythonImports } from './python-imports.ts'

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
  readonly result?: LoadResult
}

const known = new WeakMap<PythonImports, ReadonlyMap<string, PythonNeed>>()
const NOTHING: ReadonlyMap<string, PythonNeed> = new Map()

/** Native files by path that imports of shipped modules ask for, each by the import that needs it most. */
export function pythonNeeds(subject: Subject, view: RuntimeView): ReadonlyMap<string, PythonNeed> {
  const imports = pythonImports(subject, view)
  if (imports === undefined) return NOTHING
  const needs = known.get(imports) ?? collect(imports)
  known.set(imports, needs)
  return needs
}

function collect({ packages }: PythonImports): ReadonlyMap<string, PythonNeed> {
  const needs = new Map<string, PythonNeed>()
  const add = (path: string, need: PythonNeed): void => {
    const before = needs.get(path)
    const isStronger = need.need === 'required' && before?.need !== 'required'
    if (before === undefined || isStronger || (need.fails && !before.fails && need.need === before.need))
      needs.set(path, need)
  }
  const spared = sparedFailures(packages)
  for (const one of packages) {
    const isSpared = (path: string): boolean => spared.has(one) && spared.get(one)?.has(path) === true
    for (const { module, files, failures, caught } of one.imports) {
      for (const file of files) add(file.file, optional(ofFile(file, module), isSpared(file.file)))
      for (const failure of [...failures, ...caught])
        for (const path of filesOf(failure)) add(path, optional(ofFailure(failure, module), isSpared(path)))
    }
    for (const { module, file, failure } of one.uses)
      add(file, optional(ofFailure({ ...failure, caught: false }, module), isSpared(file)))
  }
  return needs
}

function optional(need: PythonNeed, isSpared: boolean): PythonNeed {
  return isSpared ? { ...need, need: 'optional' } : need
}

/**
 * Files that a distribution does not work without, and that is not to be held against the artifact: it came as a
 * dependency of others, and those go on without it (SQLAlchemy without greenlet). Not so what an extra asked for.
 */
function sparedFailures(packages: readonly PackageImports[]): Map<PackageImports, ReadonlySet<string>> {
  const spared = new Map<PackageImports, ReadonlySet<string>>()
  for (const one of packages) {
    const name = one.distribution?.name
    if (name === undefined || (one.uses.length === 0 && one.imports.every(({ failures }) => failures.length === 0)))
      continue
    const dependents = packages.filter((other) => other !== one && requires(other.distribution, name))
    const guarded = dependents.flatMap(({ imports }) => imports.flatMap((each) => each.caught.flatMap(guardedFiles)))
    const caught = new Set(guarded)
    for (const path of dependents.flatMap(({ imports }) => imports.flatMap((each) => each.failures.flatMap(filesOf))))
      caught.delete(path)
    if (caught.size > 0) spared.set(one, caught)
  }
  return spared
}

function requires(distribution: PythonDistribution | undefined, name: string): boolean {
  return (distribution?.requires ?? []).some((requirement) => {
    const [, required = ''] = /^\s*([\w.-]+)/.exec(requirement) ?? []
    return required.toLowerCase().replace(/[-_.]+/g, '-') === name && !/\bextra\s*==/.test(requirement)
  })
}

function ofFile({ isRequired, fails, chain, result }: ImportedFile, module: string): PythonNeed {
  const need = isRequired ? 'required' : 'optional'
  return { need, fails, because: because(chain, module), module, ...(result === undefined ? {} : { result }) }
}

function ofFailure({ caught, chain, cause }: ImportFailure, module: string): PythonNeed {
  const result = cause.kind === 'load' ? cause.result : undefined
  return {
    need: caught ? 'optional' : 'required',
    fails: true,
    because: because(chain, module),
    module,
    ...(result === undefined ? {} : { result }),
  }
}

function because(chain: readonly Place[], module: string): string {
  const last = chain.at(-1)
  return last === undefined ? `\`import ${module}\` loads it` : `imported by ${last.path} line ${last.line}`
}
