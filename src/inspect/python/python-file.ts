import type { NewerSyntax } from './newer-syntax.ts'
import type { PythonStep } from './python-step.ts'
import type { Requirement } from './requirement.ts'

/** What one file of a Python installation says. */
export type PythonFile = PythonDistribution | PythonModule | CompiledModule

/** An installed distribution: `path` is its folder, `…/numpy-2.1.0.dist-info`. */
export type PythonDistribution = {
  readonly kind: 'distribution'
  readonly path: string
  /** Normalised name (PEP 503). */
  readonly name: string
  readonly version: string
  /** Requires-Dist; absent: none. */
  readonly requires?: readonly Requirement[]
  readonly requiresPython?: string
  /** Of WHEEL: `cp311-cp311-manylinux_2_17_x86_64`. */
  readonly tags?: readonly string[]
  readonly pure?: boolean
  readonly record?: PythonRecord
  /** Names of top_level.txt. */
  readonly topLevel?: readonly string[]
}

/** RECORD, reduced; paths are relative to the folder that the dist-info lies in. */
export type PythonRecord = {
  readonly files: number
  /** Extension modules and libraries. */
  readonly native: readonly string[]
  /** Importable names by dots (`google.cloud.storage`): packages with an `__init__`, and modules beside the dist-info. */
  readonly modules: readonly string[]
  /** Top folders and files that are no module: `numpy.libs`. */
  readonly others: readonly string[]
  /** What the distribution is little else than: `bin/uv`, `../../../bin/uv`. */
  readonly program?: string
}

/** A module that imports something or that others need to know more of: `path` is its `.py`. */
export type PythonModule = {
  readonly kind: 'module'
  readonly path: string
  readonly steps: readonly PythonStep[]
  /** Changes how imports work (sys.modules, meta_path, `__path__`): what it seems to lack may be there. */
  readonly dynamic?: true
  /** Puts folders on sys.path. */
  readonly extendsPath?: true
  /** Names that other modules import from it and that nothing in it binds. */
  readonly lacks?: readonly string[]
  /** Its `__getattr__` may answer for these. */
  readonly answers?: true
  /** Older Pythons cannot compile it. */
  readonly syntax?: NewerSyntax
  /** Line of a function that numba keeps compiled, in a folder that it looks for when the module is imported. */
  readonly numbaCache?: number
}

/** An extension module that needs others before anything else runs. */
export type CompiledModule = {
  readonly kind: 'compiled'
  readonly path: string
  /** Names of compiled modules, by dots. */
  readonly imports: readonly string[]
  /** The release of NumPy that it was compiled against, when that is 1. */
  readonly numpy?: 1
  /** It fills in NumPy's C interface, whatever the release, as nearly all do when they are loaded. */
  readonly fillsNumpy?: true
  /** It goes on when NumPy refuses it, and dies at its first use of an array. */
  readonly goesOnWithoutNumpy?: true
  /** A second attempt to initialize it in a process fails in a way of its own. */
  readonly once?: true
}
