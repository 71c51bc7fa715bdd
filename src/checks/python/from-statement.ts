import type { FromStep } from '../../inspect/python/python-step.ts'
import { ownValue } from '../../own-value.ts'
import { importFrom } from './import-from.ts'
import { importModule } from './import-module.ts'
import type { ImportRun, Outcome } from './import-run.ts'
import { bind, type ModuleState } from './module-state.ts'

/** `from base import a, b as c`: each name is bound to what the other module has bound it to, or to a module of that name. */
export function fromStatement(run: ImportRun, module: ModuleState, { from, names, as }: FromStep): Outcome {
  const base = absoluteName(module, from)
  // Beyond the top: not imported as a part of its package.
  if (base === undefined) return undefined
  const outcome = importModule(run, base)
  if (outcome !== undefined) return outcome
  const source = run.modules.get(base)
  for (const name of names) {
    if (name === '*') continue
    const missing = importFrom(run, base, name)
    if (missing !== undefined) return missing
    bind(module, ownValue(as, name) ?? name, source?.names.get(name) ?? guessed(source, name))
    const called = source?.functions.get(name)
    if (source !== undefined && called !== undefined)
      module.functions.set(ownValue(as, name) ?? name, { of: source, ...called })
  }
  return undefined
}

/** What a module of the same project set to None or False under such a name decides conditions. */
function guessed(source: ModuleState | undefined, name: string): 'unknown' | 'thing' {
  if (FLAG.test(name)) return 'unknown'
  // Nearly all names begin with a small letter of ASCII, and are not asked further.
  const first = name.charCodeAt(0)
  if (source?.path === undefined || (first >= SMALL_A && first <= SMALL_Z)) return 'thing'
  return name === name.toUpperCase() ? 'unknown' : 'thing'
}

// dnspython asks `if have_doh`, which another of its modules found out.
const FLAG = /^_*(?:have|has|is|can|use|uses|with|supports?|enabled?)_/

const SMALL_A = 97
const SMALL_Z = 122

function absoluteName({ name, folders }: ModuleState, from: string): string | undefined {
  if (!from.startsWith('.')) return from
  let dots = 1
  while (from[dots] === '.') dots++
  let base = name
  for (let levels = folders === undefined ? dots : dots - 1; levels > 0; levels--) {
    const end = base.lastIndexOf('.')
    if (end === -1) return undefined
    base = base.slice(0, end)
  }
  return from.length > dots ? `${base}.${from.slice(dots)}` : base
}
