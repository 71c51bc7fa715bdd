import type { ImportWorld } from './import-world.ts'
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
