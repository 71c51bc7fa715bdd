import { posix } from 'node:path'
import { normalisedName } from '../../inspect/python/distribution-name.ts'
import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonDistribution } from '../../inspect/python/python-file.ts'
import { platformOptions } from '../../lambda/wheel-platforms.ts'
import type { Subject } from '../check.ts'
import { codeFolders } from '../facts/code-folders.ts'
import { groupBy } from '../facts/examples.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { shellWord } from '../facts/wording.ts'
import { hasOwnPip } from './image-pip.ts'
import { pythonVersion } from './interpreter.ts'
import { sharingFolders } from './shared-folders.ts'
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
  const distribution = pythonDistributions(subject.artifact.facts.python).find(({ path }) => path === folder)
  const isPinned = version !== undefined && (distribution === undefined || !isForOtherPython(distribution, view))
  const what = shellWord(isPinned ? `${name}==${version}` : name)
  return installPython(option === undefined ? what : `${option} ${what}`, subject, view, posix.dirname(folder))
}

/** Where its version is what is wrong about it. */
export function ofAnyVersion(owner: Owner): Owner {
  const { version: _, ...rest } = owner
  return rest
}

/** pip for this Python does not find a version whose `Requires-Python` leaves it out (`numpy 2.5` in Python 3.11). */
function isForOtherPython({ requiresPython }: PythonDistribution, view: RuntimeView): boolean {
  const minor = pythonVersion(view)?.split('.')[1]
  return minor !== undefined && requiresPython !== undefined && !takesPython(requiresPython, Number(minor))
}

/**
 * Wheels for the runtime's Python and C library, never a source build. `what`: as pip's arguments. Where others lose by it what
 * they have in the same folder they are installed with it, and a comment says so.
 */
export function installPython(what: string, subject: Subject, view: RuntimeView, folder?: string): string {
  const { plan } = subject
  const version = pythonVersion(view)
  const language = version === undefined ? '' : ` --python-version ${version}`
  const elsewhere = `${platformOptions(plan.architecture, view.libc)}${language} `
  const isImage = plan.kind === 'image'
  const [run, target, options] = isImage
    ? ['RUN ', folder ?? codeFolders(view)[0], hasOwnPip(view) ? '' : elsewhere]
    : ['', folder === undefined ? 'python' : posix.relative('/opt', folder) || '.', elsewhere]
  const site = folder ?? (isImage ? codeFolders(view)[0] : '/opt/python')
  const { folders, distributions } = sharingFolders(namesIn(what), site, subject)
  const others = pinned(distributions, view)
  const command = `${run}pip install ${options}--only-binary=:all: --upgrade --target ${target} ${[what, ...others].join(' ')}`
  return folders.length === 0
    ? command
    : `# pip replaces ${folders.map((one) => `${one}/`).join(', ')} as a whole: all that have packages there are named\n${command}`
}

/** Distributions as pip's arguments, in the versions that are there where there is one that pip for this Python finds. */
export function pinned(distributions: readonly PythonDistribution[], view: RuntimeView): readonly string[] {
  return [...groupBy(distributions, ({ name }) => name)].map(([name, [one, ...others]]) => {
    const isOne = one !== undefined && others.length === 0 && !isForOtherPython(one, view)
    return shellWord(isOne ? `${name}==${one.version}` : name)
  })
}

function namesIn(what: string): readonly string[] {
  const words = what.split(' ')
  if (words.includes('-r')) return []
  return words
    .filter((word) => !word.startsWith('-'))
    .map((word) => normalisedName(/^'?([\w.-]*)/.exec(word)?.[1] ?? ''))
}
