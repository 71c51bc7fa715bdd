import type { Artifact } from './artifact.ts'
import { type CorpusFolders, corpusFolders } from './corpus-folders.ts'
import { type CorpusPackage, type Install, RUNTIMES, type RuntimeName } from './install.ts'
import { type Comparison, compare } from './judge/comparison.ts'
import { judge } from './judge/judge.ts'
import { prepareInstall } from './prepare/prepare.ts'
import type { Prepared } from './prepare/prepared.ts'
import { eachAlone } from './reality/containers.ts'
import { execute, type Reality } from './reality/reality.ts'
import { runtimeImage } from './runtime-image.ts'
import { installsOf } from './variants.ts'

export type Tried = { readonly artifact: Artifact; readonly reality: Reality; readonly comparison: Comparison }

/** Installs what is not in the cache, executes and judges it. */
export async function runArtifacts(
  artifacts: readonly Artifact[],
  folders: CorpusFolders = corpusFolders(),
): Promise<readonly Tried[]> {
  const tried: Tried[] = []
  for (const [name, runtime] of Object.entries(RUNTIMES)) {
    const wanted = artifacts.filter(({ install }) => install.runtime.name === name)
    if (wanted.length === 0) continue
    const image = await runtimeImage(runtime)
    const prepared: (readonly [Artifact, Prepared])[] = []
    for (const artifact of wanted)
      prepared.push([artifact, await prepare(folders, artifact.install, name as RuntimeName)])
    const realities = await execute(
      folders,
      image,
      prepared.map(([, one]) => one),
      eachAlone,
    )
    for (const [artifact, one] of prepared) {
      const reality = realities.get(one.install.id)
      if (reality === undefined) throw new Error(`${one.install.id}: ${one.impossible ?? `same as ${one.sameAs}`}`)
      tried.push({ artifact, reality, comparison: compare(one, reality, await judge(folders, one, image)) })
    }
  }
  return tried
}

async function prepare(folders: CorpusFolders, install: Install, runtime: RuntimeName): Promise<Prepared> {
  const right = rightOf(install.package, runtime)
  const good = install.damage === undefined ? undefined : await prepareInstall(folders, right)
  return await prepareInstall(folders, install, good)
}

function rightOf(wanted: CorpusPackage, runtime: RuntimeName): Install {
  const right = installsOf(wanted, runtime).find(({ variant }) => variant === 'right')
  if (right === undefined) throw new Error(`${runtime} has no good variant`)
  return right
}
