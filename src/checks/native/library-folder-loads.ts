import { posix } from 'node:path'
import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import type { NativeLoad } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { userScope } from '../facts/user-scope.ts'
import { isProgram, loadFile } from './load-file.ts'
import { userNativeFiles } from './user-files.ts'

// `/opt/lib` and `/var/task/lib` by Lambda's LD_LIBRARY_PATH; a name that a linker would look for.
const LIBRARY = /^lib[^/]+\.so(?:\.[\w.]+)?$/

/**
 * The user's shared libraries in folders that the loader searches. They were put where whoever asks for their soname
 * gets them: one that cannot be loaded fails whatever needs it.
 */
export function libraryFolderLoads(subject: Subject, view: RuntimeView): readonly NativeLoad[] {
  const scope = userScope(subject)
  const folders = new Set(
    (view.environment.LD_LIBRARY_PATH ?? '')
      .split(':')
      .map((folder) => view.tree.resolve(folder)?.path ?? posix.normalize(folder))
      .filter((folder) => scope.isCode(folder)),
  )
  return [...userNativeFiles(subject).values()]
    .filter((file) => folders.has(posix.dirname(file.path)) && isLibrary(file))
    .map((file) => ({
      file,
      by: 'library-folder',
      need: 'required',
      because: `in ${posix.dirname(file.path)}, where the loader searches`,
      result: loadFile(file, view, subject.plan.architecture),
    }))
}

function isLibrary(file: ElfFile): boolean {
  return !isProgram(file) && LIBRARY.test(posix.basename(file.path))
}
