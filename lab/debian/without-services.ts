import { existsSync } from 'node:fs'
import type { LabFolders } from '../folders.ts'
import { runAsRoot } from '../process/command.ts'
import { changeState } from '../state.ts'

const POLICY = '/usr/sbin/policy-rc.d'

/** policy-rc.d with status 101 tells Debian's maintainer scripts to start nothing (invoke-rc.d(8)); one that is there decides itself. */
export async function withoutServices<T>(folders: LabFolders, work: () => Promise<T>): Promise<T> {
  if (existsSync(POLICY)) return work()
  // Recorded first: `down` finds it when this process is killed.
  changeState(folders, ({ placed }) => ({ placed: [...placed, POLICY] }))
  await runAsRoot('sh', ['-c', `printf '#!/bin/sh\\nexit 101\\n' > ${POLICY} && chmod 755 ${POLICY}`])
  try {
    return await work()
  } finally {
    await runAsRoot('rm', ['-f', POLICY])
    changeState(folders, ({ placed }) => ({ placed: placed.filter((path) => path !== POLICY) }))
  }
}
