import { ensureBuildx } from './engine/buildx.ts'
import { ensureEngine, type LabEngine } from './engine/engine.ts'
import { type LabFolders, labFolders } from './folders.ts'
import { withLock } from './lock.ts'
import { type Progress, printedProgress } from './progress.ts'
import { type LabRegistry, type PrivateRegistry, privateRegistry, publicRegistry } from './registry/registry.ts'

export type Lab = {
  readonly docker: LabEngine & { readonly buildx: string }
  /** Stands for ECR's data plane. */
  readonly registry: PrivateRegistry
  /** Stands for public.ecr.aws: anonymous, holds the base images. */
  readonly publicRegistry: LabRegistry
}

export type LabOptions = { readonly folders?: LabFolders; readonly progress?: Progress }

/** Brings up what is not up yet and says what it took; safe to call again and from several processes at once. */
export async function up(options: LabOptions = {}): Promise<Lab> {
  const folders = options.folders ?? labFolders()
  const progress = options.progress ?? printedProgress()
  return withLock(folders, 'up', async () => {
    const docker = await ensureEngine(folders, progress)
    const buildx = await ensureBuildx(folders, progress)
    const registry = await privateRegistry(folders, progress)
    return { docker: { ...docker, buildx }, registry, publicRegistry: await publicRegistry(folders, progress) }
  })
}
