import type { Artifact } from './artifact.ts'
import { type CorpusFolders, corpusFolders } from './corpus-folders.ts'
import {
  type CorpusPackage,
  type CorpusRuntime,
  type Install,
  OTHER_RUNTIMES,
  RUNTIMES,
  type RuntimeName,
} from './install.ts'
import { type Comparison, compare } from './judge/comparison.ts'
import { judge } from './judge/judge.ts'
import { prepareInstall } from './prepare/prepare.ts'
import type { Prepared } from './prepare/prepared.ts'
import { eachAlone } from './reality/containers.ts'
import { onThisMachine } from './reality/on-this-machine.ts'
import { execute, type Reality } from './reality/reality.ts'
import { standInImage } from './runtime-image.ts'
import { installsOf } from './variants.ts'

export type Tried = { readonly artifact: Artifact; readonly reality: Reality; readonly comparison: Comparison }

const OWN_JAVA = { reference: '', id: 'java' }

/** Installs what is not in the cache, executes and judges it. */
export async function runArtifacts(
  artifacts: readonly Artifact[],
  folders: CorpusFolders = corpusFolders(),
): Promise<readonly Tried[]> {
  const tried: Tried[] = []
  const runtimes: readonly CorpusRuntime[] = [...Object.values(RUNTIMES), ...Object.values(OTHER_RUNTIMES)]
  for (const { name, image: standIn } of runtimes) {
    const wanted = artifacts.filter(({ install }) => install.runtime.name === name)
    if (wanted.length === 0) continue
    const image = standIn === undefined ? undefined : await standInImage(standIn)
    const prepared: (readonly [Artifact, Prepared])[] = []
    for (const artifact of wanted) prepared.push([artifact, await prepare(folders, artifact.install)])
    const realities = await execute(
      folders,
      image ?? OWN_JAVA,
      prepared.map(([, one]) => one),
      image === undefined ? onThisMachine : eachAlone,
    )
    for (const [artifact, one] of prepared) {
      const reality = realities.get(one.install.id)
      if (reality === undefined) throw new Error(`${one.install.id}: ${one.impossible ?? `same as ${one.sameAs}`}`)
      tried.push({ artifact, reality, comparison: compare(one, reality, await judge(folders, one, image)) })
    }
  }
  return tried
}

async function prepare(folders: CorpusFolders, install: Install): Promise<Prepared> {
  if (install.damage === undefined) return await prepareInstall(folders, install)
  // What is damaged is a copy of the good install.
  const right = rightOf(install.package, install.runtime.name as RuntimeName)
  return await prepareInstall(folders, install, await prepareInstall(folders, right))
}

function rightOf(wanted: CorpusPackage, runtime: RuntimeName): Install {
  const right = installsOf(wanted, runtime).find(({ variant }) => variant === 'right')
  if (right === undefined) throw new Error(`${runtime} has no good variant`)
  return right
}
