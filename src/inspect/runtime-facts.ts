import { pullRuntimeImage } from '../build/pull-runtime-image.ts'
import type { RuntimeFacts } from '../checks/check.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import type { ImagePlan } from '../plan/plan.ts'
import type { Images } from '../ports/images.ts'
import type { Log } from '../ports/log.ts'
import { environment, tableEnvironment } from './environment.ts'
import type { Evidence } from './evidence.ts'
import type { EvidenceReader } from './evidence-reader.ts'
import { recogniseRuntime } from './recognise-runtime.ts'

export type RuntimePorts = { readonly images: Images; readonly reader: EvidenceReader; readonly log: Log }
export type RuntimePlan = Pick<ImagePlan, 'architecture' | 'runtime' | 'runtimeImage'>

/**
 * Evidence of the runtime image that the plan names; `undefined` when it names none, or one that was derived and cannot
 * be read. Rejects with image-not-found when it was given and cannot be read (contract: `runtime-image`).
 */
export async function namedRuntime(plan: RuntimePlan, ports: RuntimePorts): Promise<Evidence | undefined> {
  const { runtimeImage } = plan
  if (runtimeImage.from === 'recognise') return undefined
  const answer = await pullRuntimeImage(runtimeImage.reference, plan.architecture, ports.images)
  if ('image' in answer) return await ports.reader.read(answer, answer.image, { keep: true })
  if (runtimeImage.from === 'given') throw answer.unreadable
  ports.log.info(`The runtime image ${runtimeImage.reference} cannot be read: ${answer.unreadable.message}`)
  return undefined
}

/**
 * The system that stands for the runtime: the image that the plan named, else the AWS base that the artifact shows it was
 * built on, else the FROM of its Dockerfile's final stage, else our table's row of the runtime, else the artifact itself, which brings its own system.
 */
export async function runtimeFacts(
  plan: RuntimePlan,
  artifact: Evidence,
  namedImage: Evidence | undefined,
  ports: RuntimePorts,
): Promise<RuntimeFacts> {
  if (namedImage !== undefined) {
    const base = { reference: namedImage.subject.reference, layers: namedImage.image?.layers ?? [] }
    return scanned(namedImage, plan.runtime ?? recogniseRuntime(artifact, [base])?.runtime)
  }
  const recognised = recogniseRuntime(artifact, [])
  const runtime = plan.runtime ?? recognised?.runtime
  const likely = plan.runtimeImage.from === 'recognise' ? likelyBase(recognised, plan.runtimeImage.base) : undefined
  if (likely !== undefined) {
    ports.log.info(`${artifact.subject.reference} was built on ${likely.reference}: ${likely.because}`)
    const base = await namedRuntime({ ...plan, runtimeImage: { from: 'derived', ...likely } }, ports)
    if (base !== undefined) return scanned(base, runtime)
  }
  const documented = plan.runtime ?? (recognised?.baseReference === undefined ? undefined : recognised.runtime)
  return documented === undefined ? scanned(artifact, runtime) : fromTable(documented, plan)
}

/** The AWS base that the artifact shows, else the FROM of its final stage. */
function likelyBase(
  recognised: ReturnType<typeof recogniseRuntime>,
  finalFrom: string | undefined,
): { readonly reference: string; readonly because: string } | undefined {
  if (recognised?.baseReference !== undefined) {
    return { reference: recognised.baseReference, because: recognised.because }
  }
  return finalFrom === undefined
    ? undefined
    : { reference: finalFrom, because: 'it is the FROM of the Dockerfile’s final stage' }
}

/** The runtime's column from an image that was read. */
export function scanned(evidence: Evidence, runtime: Runtime | undefined): RuntimeFacts {
  const facts = { reference: evidence.subject.reference, environment: environment(evidence), evidence }
  return runtime === undefined ? facts : { ...facts, runtime }
}

/** The same from our table, for an image that could not be read. */
export function fromTable(runtime: Runtime, { architecture }: Pick<RuntimePlan, 'architecture'>): RuntimeFacts {
  const column = tableEnvironment(runtime, architecture)
  return { reference: column.reference, runtime, environment: column }
}
