import { installPackages } from './debian/packages.ts'
import { trustedAuthorities } from './debian/trust.ts'
import { stop } from './down.ts'
import { ensureArm64 } from './emulation.ts'
import { ensureEmulator, type LabEmulator } from './emulator.ts'
import { ensureBuildx } from './engine/buildx.ts'
import { ensureEngine, type LabEngine } from './engine/engine.ts'
import { ensureSecondEngine, type SecondEngine } from './engine/second-engine.ts'
import { type LabFolders, labFolders } from './folders.ts'
import { standInImages } from './images/images.ts'
import { prefetch } from './images/prefetch.ts'
import type { StandInName } from './images/stand-ins.ts'
import { withLock } from './lock.ts'
import { type Progress, printedProgress } from './progress.ts'
import { type LabRegistry, type PrivateRegistry, privateRegistry, publicRegistry } from './registry/registry.ts'

export type Lab = {
  readonly docker: LabEngine & { readonly buildx: string }
  /** Stands for ECR's data plane. */
  readonly registry: PrivateRegistry
  /** Stands for public.ecr.aws: anonymous, holds the base images. */
  readonly publicRegistry: LabRegistry
  /** The real emulator. */
  readonly rie: LabEmulator
  /** References of stand-in base images, made now when they are missing or outdated. */
  images<Name extends StandInName>(names: readonly Name[]): Promise<Record<Name, string>>
  /** Has this machine run arm64 images, by emulation where it has to; set up now when it is not. */
  arm64(): Promise<void>
  /** An engine with the containerd image store, started now when it does not run. */
  secondEngine(): Promise<SecondEngine>
  /** Ends what the lab has started, also for other processes that use it. */
  stop(): Promise<void>
}

export type LabOptions = {
  readonly folders?: LabFolders
  readonly progress?: Progress
  /** Images that will be wanted soon: what they need is fetched while the engine is installed. */
  readonly images?: readonly StandInName[]
}

/** Brings up what is not up yet and says what it took; safe to call again, and from several processes at once. */
export async function up(options: LabOptions = {}): Promise<Lab> {
  const folders = options.folders ?? labFolders()
  const progress = options.progress ?? printedProgress()
  return withLock(folders, 'up', async () => {
    // First, since what is fetched and the images both depend on what the machine trusts.
    if (trustedAuthorities() === undefined) await installPackages(folders, ['ca-certificates'])
    const engine = engineWithBuildx(folders, progress)
    const [docker, registry, anonymous, rie] = await allSettled([
      engine,
      privateRegistry(folders, progress),
      publicRegistry(folders, progress),
      // Not beside the engine: both may install packages, and everything waits for the engine.
      engine.then(() => ensureEmulator(folders, progress)),
      prefetch(folders, progress, options.images ?? []),
    ])
    return {
      docker,
      registry,
      publicRegistry: anonymous,
      rie,
      arm64: () => ensureArm64(folders, progress),
      images: (names) => standInImages({ folders, progress, emulator: rie, registry: anonymous.host }, names),
      secondEngine: () => withLock(folders, 'up', () => ensureSecondEngine(folders, progress)),
      stop: () => stop(folders, progress),
    }
  })
}

async function engineWithBuildx(folders: LabFolders, progress: Progress): Promise<Lab['docker']> {
  const engine = await ensureEngine(folders, progress)
  return { ...engine, buildx: await ensureBuildx(folders, progress) }
}

/** Promise.all that lets every part end before it fails: nothing is left half installed by a process that is gone. */
async function allSettled<T extends readonly unknown[]>(parts: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(parts)
  return (await Promise.all(parts)) as unknown as T
}
