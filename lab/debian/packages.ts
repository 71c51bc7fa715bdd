import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { run, runAsRoot } from '../process/command.ts'
import { changeState } from '../state.ts'
import { refreshIndex } from './package-index.ts'
import { keepingTrust } from './trust.ts'
import { withoutServices } from './without-services.ts'

/** Another package of this machine may be under installation: wait for it instead of failing. */
const WAIT_FOR_LOCK = ['-o', 'DPkg::Lock::Timeout=300']
const NO_QUESTIONS = { env: { DEBIAN_FRONTEND: 'noninteractive' } }

let installing: Promise<void> = Promise.resolve()

/** Installs what is missing, starts no service, and records every package that was not there before. */
export function installPackages(folders: LabFolders, names: readonly string[]): Promise<void> {
  // One after another, in this process and in others: apt's lock is exclusive, and so is policy-rc.d.
  installing = installing.catch(() => {}).then(() => withLock(folders, 'packages', () => install(folders, names)))
  return installing
}

async function install(folders: LabFolders, names: readonly string[]): Promise<void> {
  const before = await installedPackages()
  if (names.every((name) => before.has(name))) return
  await refreshIndex(folders)
  const argv = [...WAIT_FOR_LOCK, 'install', '-y', '-q', '--no-install-recommends', ...names]
  await withoutServices(folders, () => keepingTrust(() => runAsRoot('apt-get', argv, NO_QUESTIONS)))
  const added = [...(await installedPackages())].filter((name) => !before.has(name))
  changeState(folders, (state) => ({ packages: [...new Set([...state.packages, ...added])] }))
}

/** Purges what installPackages() has recorded. */
export async function purgePackages(names: readonly string[]): Promise<void> {
  const present = await installedPackages()
  const here = names.filter((name) => present.has(name))
  if (here.length === 0) return
  await keepingTrust(() => runAsRoot('apt-get', [...WAIT_FOR_LOCK, 'purge', '-y', '-q', ...here], NO_QUESTIONS))
}

async function installedPackages(): Promise<Set<string>> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own syntax.
  const listed = await run('dpkg-query', ['-W', '-f', '${binary:Package} ${db:Status-Status}\n'])
  const lines = listed.split('\n').filter((line) => line.endsWith(' installed'))
  return new Set(lines.map((line) => line.split(' ')[0]?.replace(/:.*/, '') ?? ''))
}
