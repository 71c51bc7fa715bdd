import { posix } from 'node:path'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import type { Subject } from '../check.ts'
import { groupBy } from '../facts/examples.ts'
import { userScope } from '../facts/user-scope.ts'
import type { PythonImports } from './python-imports.ts'
import { namespaces } from './shared-folders.ts'

/** A top folder that no longer has what distributions with metadata installed there. */
export type ReplacedFolder = {
  readonly path: string
  readonly lost: readonly LostPackage[]
  /** Those of them that nothing else requires. */
  readonly asked: readonly LostPackage[]
}

export type LostPackage = {
  readonly distribution: PythonDistribution
  /** Its first module there: `google.cloud.storage`. */
  readonly module: string
}

/**
 * Folders that several distributions have packages in, and that `pip install --target` replaced as a whole for a later one
 * (`--upgrade`), or kept as they were (without): of the others all modules there are missing, and their metadata is there.
 */
export function replacedFolders(
  { packages, world, interpreter }: PythonImports,
  subject: Subject,
): readonly ReplacedFolder[] {
  const scope = userScope(subject)
  const { tree } = world.view
  const requested = new Set(packages.flatMap(({ isRequested, distribution }) => (isRequested ? [distribution] : [])))
  const lost = pythonDistributions(subject.artifact.facts.python).flatMap((distribution) => {
    const site = posix.dirname(distribution.path)
    if (!scope.adds(distribution.path) || !interpreter.path.includes(site)) return []
    return namespaces(distribution).flatMap((folder) => {
      const modules = (distribution.record?.modules ?? []).filter((module) => module.startsWith(`${folder}.`))
      const module = modules.find((one) => !one.includes('._')) ?? modules[0]
      const isLost = modules.every((one) => isNowhere(one, interpreter.path, world))
      // Who took out the folder too meant it.
      return isLost && module !== undefined && tree.entries.has(`${site}/${folder}`)
        ? [{ path: `${site}/${folder}`, distribution, module }]
        : []
    })
  })
  return [...groupBy(lost, ({ path }) => path)].map(([path, same]) => ({
    path,
    lost: same,
    asked: same.filter(({ distribution }) => requested.has(distribution)),
  }))
}

function isNowhere(module: string, path: readonly string[], { files }: PythonImports['world']): boolean {
  let folders = path
  for (const part of module.split('.')) {
    const found = files.find(part, folders)
    if (found === undefined) return files.passedOver(part, folders).every(({ why }) => why === 'not-shipped')
    folders = found.folders ?? []
  }
  return false
}
