import { ensureSecondEngine } from '../../lab/engine/second-engine.ts'
import { labFolders } from '../../lab/folders.ts'
import { type Lab, up } from '../../lab/lab.ts'
import { withLock } from '../../lab/lock.ts'
import { printedProgress } from '../../lab/progress.ts'

export type LabEngines = {
  readonly lab: Lab
  /** DOCKER_HOST by image store; undefined is the default engine. */
  readonly hosts: { readonly default: string | undefined; readonly containerd: string }
}

/** The lab with both engines. */
export async function labEngines(): Promise<LabEngines> {
  const lab = await up()
  const folders = labFolders()
  const second = await withLock(folders, 'up', () => ensureSecondEngine(folders, printedProgress()))
  return { lab, hosts: { default: process.env.DOCKER_HOST, containerd: second.host } }
}
