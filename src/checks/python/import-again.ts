import { isWithin } from '../facts/image-tree.ts'
import { type ImportRun, type Outcome, raise } from './import-run.ts'
import { loadExtension } from './load-extension.ts'
import type { ModuleState } from './module-state.ts'

/**
 * A package that takes itself out of sys.modules and imports its own name once more gets the compiled module of that name which
 * lies in it (OpenCV, older ones in a folder for each Python), or itself without end.
 */
export function importAgain(run: ImportRun, module: ModuleState): Outcome {
  const { name, folders = [] } = module
  const { files, view } = run.world
  const short = name.slice(name.lastIndexOf('.') + 1)
  const inner = folders.flatMap((folder) => view.tree.childrenOf(folder).filter(({ type }) => type === 'directory'))
  const all = [...folders, ...inner.map(({ path }) => path)]
  const found = files.find(short, all)
  if (found?.kind === 'extension') {
    const outcome = loadExtension(run, name, found.path, undefined)
    // The package puts itself back.
    run.modules.set(name, module)
    return outcome
  }
  const passedOver = files.passedOver(short, all)
  if (passedOver.length > 0) return raise(run, 'ImportError', { kind: 'passed-over', module: name, files: passedOver })
  const hasNative = [...view.tree.elf.keys()].some((path) => folders.some((folder) => isWithin(path, folder)))
  return hasNative ? undefined : raise(run, 'ImportError', { kind: 'absent', module: `${name}.${short}` })
}

/** `importlib.import_module("cv2")` in the package of that name, which changes how imports work. */
export function isImportedAgain(imported: string, by: ModuleState, bound: string | undefined): boolean {
  return bound === '' && by.isOpen && by.name === imported && by.folders !== undefined
}
