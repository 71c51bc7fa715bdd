import { innerSteps, type PythonStep } from '../../inspect/python/python-step.ts'
import { isCaughtBy } from './guards.ts'
import type { ImportWorld } from './import-world.ts'
import { mainModules } from './main-imports.ts'
import type { ShippedModules } from './shipped-modules.ts'

/**
 * Modules of a distribution that what it is for needs: those that bear its name, and others that code of these asks for and
 * is not prepared to do without, as chromadb's for `chromadb_rust_bindings`. Pyrsistent does without `pvectorc`; nobody but
 * its own compiled modules imports what mypyc made for tomli.
 */
export function neededModules(shipped: ShippedModules, { sources }: Pick<ImportWorld, 'sources'>): ReadonlySet<string> {
  const { modules, native } = shipped
  const main = mainModules(shipped)
  if (main === undefined || main.length === modules.length) return new Set(modules)
  const places = main.map((module) => `${native.site}/${module.replaceAll('.', '/')}`)
  const own = [...sources.values()].filter(({ path }) =>
    places.some((place) => path === `${place}.py` || path.startsWith(`${place}/`)),
  )
  const others = modules.filter((module) => own.some(({ steps }) => insistsOn(module, steps)))
  return new Set([...main, ...others])
}

/** Whether code asks for a module and is not prepared to do without it, in functions too. */
export function insistsOn(module: string, steps: readonly PythonStep[]): boolean {
  return steps.some((step) => {
    if ('import' in step) return isOf(step.import, module)
    if ('from' in step) return isOf(step.from, module)
    if (!('try' in step)) return innerSteps(step).some((body) => insistsOn(module, body))
    const [body = [], ...others] = innerSteps(step)
    const isPrepared = step.except.some((branch) => isCaughtBy('ImportError', branch))
    return (!isPrepared && insistsOn(module, body)) || others.some((other) => insistsOn(module, other))
  })
}

function isOf(imported: string, module: string): boolean {
  return imported === module || imported.startsWith(`${module}.`)
}
