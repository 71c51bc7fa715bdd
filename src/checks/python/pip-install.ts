import { posix } from 'node:path'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import { platformOptions } from '../../lambda/wheel-platforms.ts'
import type { Subject } from '../check.ts'
import { codeFolders } from '../facts/code-folders.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { shellWord } from '../facts/wording.ts'
import { hasOwnPip } from './image-pip.ts'
import { pythonVersion } from './interpreter.ts'
import { takesPython } from './version-specifier.ts'

/** The version that is there, where it lies, or all of it. */
export function reinstallPython(
  owner: Owner | undefined,
  subject: Subject,
  view: RuntimeView,
  option?: '--no-cache-dir',
): string {
  if (owner === undefined) return installPython('-r requirements.txt', subject, view)
  const { name, version, folder } = owner
  const what = shellWord(version === undefined || isForOtherPython(owner, subject, view) ? name : `${name}==${version}`)
  return installPython(option === undefined ? what : `${option} ${what}`, subject, view, posix.dirname(folder))
}

/** Where its version is what is wrong about it. */
export function ofAnyVersion(owner: Owner): Owner {
  const { version: _, ...rest } = owner
  return rest
}

/** pip for this Python does not find a version whose `Requires-Python` leaves it out (`numpy 2.5` in Python 3.11). */
function isForOtherPython({ folder }: Owner, { artifact }: Subject, view: RuntimeView): boolean {
  const minor = pythonVersion(view)?.split('.')[1]
  const wants = pythonDistributions(artifact.facts.python).find(({ path }) => path === folder)?.requiresPython
  return minor !== undefined && wants !== undefined && !takesPython(wants, Number(minor))
}

/** Wheels for the runtime's Python and C library, never a source build. `what`: as pip's arguments. */
export function installPython(what: string, { plan }: Subject, view: RuntimeView, folder?: string): string {
  const version = pythonVersion(view)
  const language = version === undefined ? '' : ` --python-version ${version}`
  const elsewhere = `${platformOptions(plan.architecture, view.libc)}${language} `
  const isImage = plan.kind === 'image'
  const [run, target, options] = isImage
    ? ['RUN ', folder ?? codeFolders(view)[0], hasOwnPip(view) ? '' : elsewhere]
    : ['', folder === undefined ? 'python' : posix.relative('/opt', folder) || '.', elsewhere]
  return `${run}pip install ${options}--only-binary=:all: --upgrade --target ${target} ${what}`
}
