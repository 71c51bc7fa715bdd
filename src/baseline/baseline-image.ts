import type { FoundImage } from '../build/find-image.ts'
import { applyIgnore } from '../checks/ignore.ts'
import { runChecks } from '../checks/run-checks.ts'
import { folderBytes } from '../checks/size/largest-folders.ts'
import { ActionError } from '../errors.ts'
import type { Inspection, Inspector } from '../inspect/inspect.ts'
import type { ImagePlan, ReferenceSource } from '../plan/plan.ts'
import type { Log } from '../ports/log.ts'
import { anotherArchitecture } from './another-subject.ts'
import type { Baseline, BaselinePlan } from './baseline.ts'

/** An image that was read to be compared with, or why it could not be. */
export type BaselineInspection = { readonly inspection: Inspection } | { readonly unread: string }
export type BaselineImage = Extract<BaselinePlan, { readonly from: 'image' | 'deployed' }>

export type BaselinePorts = {
  readonly find: (source: ReferenceSource) => Promise<FoundImage>
  readonly inspector: Inspector
  readonly log: Log
}

/**
 * Finds and reads the image of `baseline` as the run's own is. Rejects only when the run is cancelled: what cannot be
 * read is told, and the run goes on without it.
 */
export async function inspectBaseline(
  { reference }: BaselineImage,
  { find, inspector, log }: BaselinePorts,
): Promise<BaselineInspection> {
  try {
    const found = await find({ from: 'reference', image: reference, pull: false })
    if ('refused' in found) return { unread: `${reference} is an index that no single image stands for` }
    return { inspection: await inspector.inspect(found.artifact) }
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'cancelled') throw error
    log.warning(`The baseline ${reference} cannot be read, so nothing is compared: ${error.message}`)
    return { unread: `${reference} cannot be read: ${error.message.split('\n', 1)[0]}` }
  }
}

/**
 * Rules that judge how this run names, builds or compiles its image, or where the image lies: of one that was built long
 * ago and elsewhere they know nothing.
 */
const OF_THE_RUN: ReadonlySet<string> = new Set([
  'floating-tag',
  'image-source',
  'repository-policy',
  'lifecycle-policy',
  'base-image',
  'os-family',
  'os-release',
  'package-drift',
])

/** The same rules, asked about the image of `baseline`; of one for another architecture, that it is. Pure. */
export function judgeBaseline(
  asked: BaselineImage,
  { artifact, runtime }: Inspection,
  plan: ImagePlan,
  now: string,
): Baseline | { readonly unread: string } {
  const other = anotherArchitecture(asked.reference, artifact.image?.architecture ?? plan.architecture, plan)
  if (other !== undefined) return { unread: other }
  const { base: _, dockerfile: __, buildImage: ___, ...rest } = plan
  const source = { from: 'reference', image: asked.reference, pull: false } as const
  const { findings, notChecked } = runChecks({ artifact, runtimes: [runtime], plan: { ...rest, source }, now })
  const { digest } = artifact.subject
  return {
    findings: applyIgnore(findings, plan.check.ignore).filter(({ rule }) => !OF_THE_RUN.has(rule)),
    notChecked,
    cases: [],
    silent: OF_THE_RUN,
    environments: {},
    reported: {
      source: asked.from,
      reference: asked.reference,
      ...(digest === undefined ? {} : { digest }),
      bytes: artifact.bytes,
      largestFolders: folderBytes(artifact),
    },
  }
}
