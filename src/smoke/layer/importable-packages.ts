import { posix } from 'node:path'
import { importable } from '../../checks/layer/importable.ts'
import { type LayerTree, layerTree } from '../../checks/layer/layer-tree.ts'
import type { Evidence } from '../../inspect/evidence.ts'
import { defines } from '../../inspect/symbol-table.ts'
import type { Runtime } from '../../lambda/runtimes.ts'
import { requiredPackages } from './required-packages.ts'
import { topModules } from './top-modules.ts'

/**
 * Names of the top-level packages that the runtime finds in its folders of the layer, sorted. Passed over: declarations of
 * types, variants for one platform (their package loads the one that fits), and packages that only install commands.
 */
export function importablePackages(layer: Evidence, { id, family }: Pick<Runtime, 'id' | 'family'>): readonly string[] {
  const tree = layerTree(layer)
  const names =
    family === 'python' ? pythonNames(id, layer, tree) : family === 'nodejs' ? requiredPackages(id, layer, tree) : []
  return [...new Set(names)].sort()
}

function pythonNames(id: string, { elf, facts }: Evidence, tree: LayerTree): readonly string[] {
  const files = new Map(elf.map((file) => [file.path, file]))
  return [`/opt/python/lib/${id}/site-packages`, '/opt/python'].flatMap((folder) =>
    importable(folder, 'python', tree).flatMap((name) => {
      const module = name.replace(/(?:\.(?:cpython|abi3)[^/]*)?\.(?:py|pyc|so)$/, '')
      // Also without folders of stubs (PEP 561), `__main__` and what belongs to another module, as what mypyc's share.
      if (!/^[A-Za-z_]\w*$/.test(module) || module.startsWith('__') || module.endsWith('__mypyc')) return []
      const file = files.get(`${folder}/${name}`)
      // A library that modules of the package load.
      if (file !== undefined && defines(file, `PyInit_${module}`) === false) return []
      const isNamespace = tree.isFolder(`${folder}/${name}`) && !tree.names(`${folder}/${name}`).some(isInit)
      if (!isNamespace) return [module]
      const own = belowNamespace(module, folder, facts)
      const below = own.length > 0 ? own : packagesBelow(`${folder}/${name}`, module, tree)
      return below.length === 0 ? [module] : below
    }),
  )
}

const isInit = (name: string): boolean => /^__init__\.(?:pyc?|[^/]*so)$/.test(name)

/** That `import google` works says nothing: what distributions have in it is imported. */
function belowNamespace(top: string, folder: string, { python }: Evidence['facts']): readonly string[] {
  return python.flatMap((file) =>
    file.kind === 'distribution' && posix.dirname(file.path) === folder
      ? topModules(file).filter((module) => module.startsWith(`${top}.`))
      : [],
  )
}

// `google.cloud.storage`
const DEEPEST = 3

/** The same where no metadata are left: packages by their folders. */
function packagesBelow(folder: string, module: string, tree: LayerTree, depth = 1): readonly string[] {
  if (depth >= DEEPEST) return []
  return tree.names(folder).flatMap((name) => {
    const place = `${folder}/${name}`
    if (!/^[A-Za-z]\w*$/.test(name) || !tree.isFolder(place)) return []
    return tree.names(place).some(isInit)
      ? [`${module}.${name}`]
      : packagesBelow(place, `${module}.${name}`, tree, depth + 1)
  })
}
