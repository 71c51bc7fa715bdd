import { absoluteName } from './absolute-name.ts'
import { givenNames } from './given-names.ts'
import type { PythonStep } from './python-step.ts'

/** A source module while its package is read: what it may bind, and what it asks of others. */
export type NamedModule = {
  readonly steps: readonly PythonStep[]
  /** Each between blanks. */
  readonly bound?: string
  /** Modules that it may give other names, by theirs. */
  readonly reshapes?: readonly string[]
  /** Targets of assignments to attributes: `services.client`. */
  readonly gives?: readonly string[]
}

// Every module has them.
const GIVEN = new Set(
  '__annotations__ __builtins__ __cached__ __dict__ __doc__ __file__ __loader__ __name__ __package__ __path__ __spec__'.split(
    ' ',
  ),
)

/**
 * Names that modules import from others which bind no such name: by the other's path. `locate`: where on Python's path
 * a source lies, and its module's name; `isThere`: whether something else bears a name.
 */
export function lackedNames(
  modules: ReadonlyMap<string, NamedModule>,
  locate: (path: string) => { readonly site: string; readonly name: string } | undefined,
  isThere: (site: string, name: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string>()
  for (const path of modules.keys()) {
    const { site, name } = locate(path) ?? {}
    if (name !== undefined) byName.set(`${site} ${name}`, path)
  }
  const reshaped = new Set([...modules.values()].flatMap(({ reshapes = [] }) => reshapes))
  const given = new Set<string>()
  for (const [path, { steps, gives = [] }] of modules) {
    const own = gives.length === 0 ? undefined : locate(path)
    if (own === undefined) continue
    for (const { module, name } of givenNames(gives, steps, packageOf(path, own.name)))
      given.add(`${own.site} ${module}.${name}`)
  }
  const lacked = new Map<string, Set<string>>()
  for (const [path, { steps }] of modules) {
    const own = locate(path)
    if (own === undefined) continue
    const parent = packageOf(path, own.name)
    eachImport(steps, (from, names) => {
      const base = absoluteName(parent, from)
      const target = base === undefined ? undefined : byName.get(`${own.site} ${base}`)
      const bound = target === undefined ? undefined : modules.get(target)?.bound
      if (target === undefined || bound === undefined || reshaped.has(base ?? '')) return
      for (const name of names) {
        if (name === '*' || GIVEN.has(name) || bound.includes(` ${name} `)) continue
        if (isThere(own.site, `${base}.${name}`) || given.has(`${own.site} ${base}.${name}`)) continue
        const before = lacked.get(target)
        if (before === undefined) lacked.set(target, new Set([name]))
        else before.add(name)
      }
    })
  }
  return new Map([...lacked].map(([path, names]) => [path, [...names].sort()]))
}

/** The package that relative names begin at. */
function packageOf(path: string, name: string): string {
  return path.endsWith('/__init__.py') ? name : name.slice(0, Math.max(name.lastIndexOf('.'), 0))
}

function eachImport(steps: readonly PythonStep[], visit: (from: string, names: readonly string[]) => void): void {
  for (const step of steps) {
    if ('from' in step) visit(step.from, step.names)
    else if ('if' in step) for (const body of [step.body, step.else ?? []]) eachImport(body, visit)
    else if ('def' in step) eachImport(step.body, visit)
    else if ('try' in step)
      for (const body of [step.try, ...step.except.map((branch) => branch.body), step.else ?? [], step.finally ?? []])
        eachImport(body, visit)
  }
}
