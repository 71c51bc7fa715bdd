import { posix } from 'node:path'
import type { ImportWorld } from './import-world.ts'
import { importedPackages } from './imported-packages.ts'
import type { ShippedModules } from './shipped-modules.ts'

/** Libraries of a package that has no modules in them and opens them itself, under names that it computes. */
export function openedLibraries({ site, paths }: ShippedModules['native']): readonly string[] {
  return paths
    .filter((native) => /(?:^|\/)lib[^/]*\.so$/.test(native) && !/\.libs\//.test(native))
    .map((native) => `${site}/${native}`)
}

/** Nothing can open it: it is not there, or the loader refuses it. */
export function isGone(path: string, world: ImportWorld): boolean {
  const entry = world.view.tree.resolve(path)
  const file = entry === undefined ? undefined : world.elf(entry.path)
  return file === undefined || world.load(world.process, file).result.refused !== undefined
}

/** Whether any code of the package can open libraries; who only hands their paths on does so when it is used. */
export function opensLibraries(module: string, { sources, interpreter, files }: ImportWorld): boolean {
  const [top = module] = module.split('.', 1)
  const found = files.find(top, interpreter.path)
  if (found === undefined) return true
  const folder = found.kind === 'namespace' ? found.folders[0] : posix.dirname(found.path)
  return [...sources.values()].some(
    ({ path, steps }) =>
      path.startsWith(`${folder}/`) && [...importedPackages(steps)].some((name) => OPENING.has(name)),
  )
}

const OPENING = new Set(['ctypes', '_ctypes', 'cffi', '_cffi_backend', 'numpy'])
