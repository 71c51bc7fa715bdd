import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { run, runAsRoot } from '../process/command.ts'
import { changeState } from '../state.ts'

/** Another package of this machine may be under installation: wait for it instead of failing. */
const WAIT_FOR_LOCK = ['-o', 'DPkg::Lock::Timeout=300']
const COMPLETE = '.complete'
const POLICY = '/usr/sbin/policy-rc.d'

let indexed: Promise<unknown> | undefined
let installing: Promise<void> = Promise.resolve()

/** Installs what is missing, starts no service, and records every package that was not there before. */
export function installPackages(folders: LabFolders, names: readonly string[]): Promise<void> {
  // One after another: apt's lock is exclusive, and so is policy-rc.d.
  installing = installing.catch(() => {}).then(() => install(folders, names))
  return installing
}

async function install(folders: LabFolders, names: readonly string[]): Promise<void> {
  const before = await installedPackages()
  if (names.every((name) => before.has(name))) return
  await refreshIndex()
  await withoutServices(() =>
    runAsRoot('apt-get', [...WAIT_FOR_LOCK, 'install', '-y', '-q', '--no-install-recommends', ...names], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    }),
  )
  const added = [...(await installedPackages())].filter((name) => !before.has(name))
  changeState(folders, (state) => ({ packages: [...new Set([...state.packages, ...added])] }))
}

/** Purges what installPackages() has recorded. */
export async function purgePackages(names: readonly string[]): Promise<void> {
  const present = await installedPackages()
  const here = names.filter((name) => present.has(name))
  if (here.length === 0) return
  await runAsRoot('apt-get', [...WAIT_FOR_LOCK, 'purge', '-y', '-q', ...here], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  })
}

/**
 * Downloads packages and unpacks them into one folder, without installing them: nothing of the machine changes.
 * `aptOptions` select another release (newer-debian.ts). Returns the folder; a finished one is reused.
 */
export async function unpackPackages(
  folder: string,
  names: readonly string[],
  aptOptions: readonly string[] = [],
): Promise<string> {
  if (isUnpacked(folder)) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  if (aptOptions.length === 0) await refreshIndex()
  await run('apt-get', [...aptOptions, '-o', 'APT::Sandbox::User=root', 'download', '-q', ...names], { cwd: folder })
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(folder, file), folder])
    rmSync(join(folder, file))
  }
  writeFileSync(join(folder, COMPLETE), '')
  return folder
}

/** Whether unpackPackages() has finished this folder before. */
export function isUnpacked(folder: string): boolean {
  return existsSync(join(folder, COMPLETE))
}

/** Once per process: package lists of a fresh machine are absent or too old to download from. */
export function refreshIndex(): Promise<unknown> {
  indexed ??= runAsRoot('apt-get', [...WAIT_FOR_LOCK, 'update', '-q'])
  return indexed
}

async function installedPackages(): Promise<Set<string>> {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own syntax.
  const listed = await run('dpkg-query', ['-W', '-f', '${binary:Package} ${db:Status-Status}\n'])
  const lines = listed.split('\n').filter((line) => line.endsWith(' installed'))
  return new Set(lines.map((line) => line.split(' ')[0]?.replace(/:.*/, '') ?? ''))
}

/** policy-rc.d with status 101 tells Debian's maintainer scripts to start nothing (invoke-rc.d(8)). */
async function withoutServices<T>(work: () => Promise<T>): Promise<T> {
  if (existsSync(POLICY)) return work()
  await runAsRoot('sh', ['-c', `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`])
  try {
    return await work()
  } finally {
    await runAsRoot('rm', ['-f', POLICY])
  }
}
