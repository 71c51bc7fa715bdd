import { posix } from 'node:path'
import type { Evidence } from '../../inspect/evidence.ts'
import type { PythonStep } from '../../inspect/python/python-step.ts'
import { isWithin } from './image-tree.ts'
import { packageFolder } from './package-folder.ts'

/**
 * True where the sources of the package go on without the native file: a Python `try` around an import of its module
 * that raises nothing, a Node.js `try` around the loading of addons, or another file that is tried too. Only what the
 * texts show: used to say less than "broken", never to say more.
 */
export function isGuardedLoad(path: string, { facts }: Evidence): boolean {
  const folder = packageFolder(path)
  if (/\.node$/.test(path)) {
    return facts.node.some(
      (file) =>
        file.kind === 'script' &&
        isWithin(file.path, folder) &&
        file.loads.some(({ kind, argument, guard, alternative }) => {
          const loadsAddon =
            kind !== 'require' && kind !== 'import' ? true : /\.node$|\/build\/|prebuild/.test(argument)
          return loadsAddon && (guard === 'any' || alternative === true)
        }),
    )
  }
  const module = posix.basename(path).split('.', 1)[0] ?? ''
  return facts.python.some(
    (file) => file.kind === 'module' && isWithin(file.path, folder) && file.steps.some((step) => guards(step, module)),
  )
}

function guards(step: PythonStep, module: string): boolean {
  if ('try' in step) {
    const goesOn = step.except.some(({ body }) => !body.some((one) => 'raise' in one))
    if (goesOn && step.try.some((one) => imports(one, module))) return true
    return step.try.some((one) => guards(one, module))
  }
  if ('if' in step) return [...step.body, ...(step.else ?? [])].some((one) => guards(one, module))
  return 'def' in step && step.body.some((one) => guards(one, module))
}

function imports(step: PythonStep, module: string): boolean {
  if ('import' in step) return step.import.split('.').at(-1) === module
  if ('from' in step) return step.from.split('.').at(-1) === module || step.names.includes(module)
  if ('if' in step) return [...step.body, ...(step.else ?? [])].some((one) => imports(one, module))
  return false
}
