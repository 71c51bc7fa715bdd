import type { LayerTree } from './layer-tree.ts'

export type Language = 'python' | 'nodejs' | 'java' | 'ruby'

/** What of a folder's content one language loads when it searches that folder: names, none when it would find nothing. */
export function importable(folder: string, language: Language, tree: LayerTree): readonly string[] {
  const names = tree.names(folder)
  switch (language) {
    case 'python':
      return names.filter((name) => isPython(`${folder}/${name}`, name, tree))
    case 'nodejs':
      return names.filter((name) => !name.startsWith('.') && tree.isFolder(`${folder}/${name}`))
    case 'java':
      return names.filter((name) => name.endsWith('.jar'))
    case 'ruby':
      return names.includes('specifications')
        ? names.filter((name) => name === 'gems' || name === 'specifications')
        : []
  }
}

// Folders that installers make beside packages, and that are none.
const NO_PACKAGE =
  /^(?:bin|lib|lib64|Lib|Scripts|include|share|etc|python|site-packages|dist-packages|\.?venv|env|__pycache__|python3\.\d+)$/

function isPython(path: string, name: string, tree: LayerTree): boolean {
  if (/\.(?:py|pyc|so)$/.test(name)) return true
  if (!tree.isFolder(path) || NO_PACKAGE.test(name) || /\.(?:dist|egg)-info$/.test(name)) return false
  // A namespace package has no `__init__.py`, its packages lie a few folders deeper.
  return tree.names(path).includes('__init__.py') || tree.below(path).some((file) => /\.(?:py|so)$/.test(file))
}

/** Packages that lie open in a folder as an installer leaves them: sure signs only, since tools have folders of their own. */
export function packagesIn(folder: string, language: Language, tree: LayerTree): readonly string[] {
  const names = tree.names(folder)
  switch (language) {
    case 'python':
      return names.filter((name) => {
        const path = `${folder}/${name}`
        if (/^(?:site|dist)-packages$/.test(name)) return importable(path, 'python', tree).length > 0
        return (
          /\.py$|\.(?:cpython-\d+|abi3)[^/]*\.so$|\.dist-info$/.test(name) || tree.names(path).includes('__init__.py')
        )
      })
    case 'nodejs':
      return names.filter((name) => name === 'node_modules' && tree.names(`${folder}/${name}`).length > 0)
    case 'java':
      return importable(folder, 'java', tree)
    case 'ruby':
      return [
        ...importable(folder, 'ruby', tree),
        ...names.filter((name) => name === 'vendor' && tree.isFolder(`${folder}/vendor/bundle`)),
      ]
  }
}
