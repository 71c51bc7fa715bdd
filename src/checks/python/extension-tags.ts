import type { Subject } from '../check.ts'
import { imageTree, isFile } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { userScope } from '../facts/user-scope.ts'
import type { Interpreter } from './interpreter.ts'
import { isImportable, withoutSuffix } from './module-name.ts'

/** An extension module whose name this Python passes over. */
export type TaggedFile = {
  readonly path: string
  /** `cpython-312-x86_64-linux-gnu`, `cp312-win_amd64`. */
  readonly tag: string
  /** The module exists as source too: it is imported instead. */
  readonly hasSource: boolean
}

// Tags of CPython (PEP 3149; on Windows as in CPython's dynload_win.c). Wheels for PyPy and GraalPy bear others.
const TAG = /\.((?:cpython-\d+\w*(?:-[\w-]+)?)|(?:cp\d+\w*-win\w*)|abi3)\.(?:so|pyd)$|\.(pyd)$/

/** Extension modules of the artifact with a tag of another Python or platform, and none with a good one beside them. */
export function passedOverExtensions(
  subject: Subject,
  view: RuntimeView,
  { path, suffixes }: Interpreter,
): readonly TaggedFile[] {
  const scope = userScope(subject)
  const { entries } = view.tree
  return imageTree(subject.artifact)
    .sought('modules')
    .flatMap((entry): readonly TaggedFile[] => {
      if (!isFile(entry)) return []
      const [, long, short] = TAG.exec(entry.path) ?? []
      const tag = long ?? short
      if (tag === undefined || isImportable(entry.path, suffixes) || !scope.adds(entry.path)) return []
      if (!path.some((folder) => entry.path.startsWith(`${folder}/`))) return []
      // `MPI.openmpi.cpython-311-x86_64-linux-gnu.so`: found by code of the package's own.
      if (suffixes.includes(`.${tag}.so`)) return []
      const stem = withoutSuffix(entry.path)
      if (suffixes.some((suffix) => entries.has(stem + suffix))) return []
      return [{ path: entry.path, tag, hasSource: entries.has(`${stem}.py`) }]
    })
}
