import { ownValue } from '../../own-value.ts'
import { absoluteName } from './absolute-name.ts'
import { innerSteps, type PythonStep } from './python-step.ts'

/**
 * Names that a module gives to others: `services.client = services.client_v1` after `from pkg.compat import services` gives
 * `pkg.compat.services` a `client`. `assigned`: the targets; `parent`: the package that relative names begin at.
 */
export function givenNames(
  assigned: readonly string[],
  steps: readonly PythonStep[],
  parent: string,
): readonly { readonly module: string; readonly name: string }[] {
  if (assigned.length === 0) return []
  const modules = new Map<string, string>()
  eachHolder(steps, parent, (holder, module) => modules.set(holder, module))
  return assigned.flatMap((target) => {
    const [holder = '', name = ''] = target.split('.')
    const module = modules.get(holder)
    return module === undefined ? [] : [{ module, name }]
  })
}

/** What an import binds may be a module. */
function eachHolder(
  steps: readonly PythonStep[],
  parent: string,
  visit: (holder: string, module: string) => void,
): void {
  for (const step of steps) {
    if ('from' in step) {
      const base = absoluteName(parent, step.from)
      if (base !== undefined) for (const name of step.names) visit(ownValue(step.as, name) ?? name, `${base}.${name}`)
    } else if ('import' in step) {
      const holder = step.as ?? step.import
      if (holder !== '' && !holder.includes('.')) visit(holder, step.import)
    }
    for (const inner of innerSteps(step)) eachHolder(inner, parent, visit)
  }
}
