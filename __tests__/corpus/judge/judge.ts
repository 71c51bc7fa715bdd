import type { Finding, NotChecked } from '../../../src/checks/check.ts'
import { readerDefects } from '../../../src/checks/facts/reader-defects.ts'
import { runChecks } from '../../../src/checks/run-checks.ts'
import type { Evidence } from '../../../src/inspect/evidence.ts'
import { fromTable, scanned } from '../../../src/inspect/runtime-facts.ts'
import { findRuntime } from '../../../src/lambda/runtimes.ts'
import { makePlan } from '../../builders/plan.ts'
import type { CorpusFolders } from '../corpus-folders.ts'
import type { CorpusRuntime } from '../install.ts'
import type { Prepared } from '../prepare/prepared.ts'
import type { RuntimeImage } from '../runtime-image.ts'
import { layerEvidence, runtimeEvidence } from './evidence.ts'

/** What our checks say of a layer. */
export type Judgement = {
  readonly findings: readonly Finding[]
  readonly notChecked: readonly NotChecked[]
  readonly defects: readonly string[]
}

const runtimes = new Map<string, ReturnType<typeof runtimeEvidence>>()

/** Judges a prepared layer against its runtime, as a run with `layer-path` does. */
export async function judge(folders: CorpusFolders, prepared: Prepared, image?: RuntimeImage): Promise<Judgement> {
  return await judgeEvidence(folders, await layerEvidence(folders, prepared), prepared.install.runtime, image)
}

/** The same of a layer that was read. */
export async function judgeEvidence(
  folders: CorpusFolders,
  artifact: Evidence,
  runtimeOfCorpus: CorpusRuntime,
  image?: RuntimeImage,
): Promise<Judgement> {
  const { id } = runtimeOfCorpus
  const runtime = findRuntime(id)
  if (runtime === undefined) throw new Error(`no row of ${id}`)
  const plan = makePlan({ kind: 'layer', runtime })
  const { findings, notChecked, defects } = runChecks({ plan, artifact, runtimes: [await system()] })
  const ofReaders = readerDefects(artifact).map(({ rule, reason }) => `${rule}: ${reason}`)
  const ofRules = defects.map(({ rule, error }) => `${rule}: ${(error as Error).stack}`)
  return { findings, notChecked, defects: [...ofReaders, ...ofRules] }

  async function system() {
    if (image === undefined) return fromTable(plan.runtime, plan)
    const reading = runtimes.get(image.id) ?? runtimeEvidence(folders, runtimeOfCorpus, image)
    runtimes.set(image.id, reading)
    return scanned(await reading, plan.runtime)
  }
}
