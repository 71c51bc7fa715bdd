import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { run, runAsRoot } from '../process/command.ts'
import { changeState } from '../state.ts'

/** Another package of this machine may be under installation: wait for it instead of failing. */
const WAIT_FOR_LOCK = ['-o', 'DPkg::Lock::Timeout=300']
const NO_QUESTIONS = { env: { DEBIAN_FRONTEND: 'noninteractive' } }
const COMPLETE = '.complete'
const POLICY = '/usr/sbin/policy-rc.d'

/** Where Debian and Ubuntu keep the certificates that a machine trusts. */
export const HOST_CA_BUNDLE = '/etc/ssl/certs/ca-certificates.crt'

let indexed: Promise<unknown> | undefined
let installing: Promise<void> = Promise.resolve()
/** Under way in this process, by folder: two steps may want the same package at once. */
const unpackings = new Map<string, Promise<string>>()

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

/**
 * Downloads packages and unpacks them into one folder, without installing them: nothing of the machine changes.
 * `aptOptions` select another release (newer-debian.ts). Returns the folder; a finished one is reused.
 */
export function unpackPackages(
  folder: string,
  names: readonly string[],
  aptOptions: readonly string[] = [],
): Promise<string> {
  const unpacking = isUnpacked(folder)
    ? Promise.resolve(folder)
    : (unpackings.get(folder) ?? unpack(folder, names, aptOptions))
  unpackings.set(folder, unpacking)
  return unpacking.finally(() => unpackings.delete(folder))
}

async function unpack(folder: string, names: readonly string[], aptOptions: readonly string[]): Promise<string> {
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
async function withoutServices<T>(folders: LabFolders, work: () => Promise<T>): Promise<T> {
  if (existsSync(POLICY)) return work()
  // Recorded first: `down` finds it also when this process is killed.
  changeState(folders, (state) => ({ placed: [...new Set([...state.placed, POLICY])] }))
  await runAsRoot('sh', ['-c', `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`])
  try {
    return await work()
  } finally {
    await runAsRoot('rm', ['-f', POLICY])
  }
}

/**
 * ca-certificates, which others depend on, writes the bundle anew when it is installed and deletes it when it is purged:
 * a machine whose administrator has put its own authority there would trust nothing afterwards.
 */
async function keepingTrust<T>(work: () => Promise<T>): Promise<T> {
  const before = existsSync(HOST_CA_BUNDLE) ? readFileSync(HOST_CA_BUNDLE, 'utf8') : undefined
  try {
    return await work()
  } finally {
    const after = existsSync(HOST_CA_BUNDLE) ? readFileSync(HOST_CA_BUNDLE, 'utf8') : undefined
    if (before !== undefined && after !== before) {
      await runAsRoot('sh', ['-c', `mkdir -p ${dirname(HOST_CA_BUNDLE)} && cat > ${HOST_CA_BUNDLE}`], { input: before })
    }
  }
}
