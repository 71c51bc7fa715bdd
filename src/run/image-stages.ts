import type { ImageArtifact } from '../artifact.ts'
import { type BaselineInspection, inspectBaseline } from '../baseline/baseline-image.ts'
import { buildImage } from '../build/build-image.ts'
import { readBuildStage } from '../build/build-stage.ts'
import { ecrLogin } from '../build/ecr-login.ts'
import { findImage } from '../build/find-image.ts'
import { judgeEngine } from '../build/judge-engine.ts'
import { type PinnedBase, pinnedBase } from '../build/pinned-base.ts'
import { ActionError } from '../errors.ts'
import { asStarted } from '../inspect/as-started.ts'
import type { ManifestFacts } from '../inspect/evidence.ts'
import { type Inspection, type Inspector, inspector } from '../inspect/inspect.ts'
import { NOT_BUILT } from '../plan/lines.ts'
import type { ImagePlan, ReferenceSource } from '../plan/plan.ts'
import { megabytes } from '../report/environment-table.ts'
import type { Known } from './known.ts'
import type { DockerPorts, RunPorts, RunRequest } from './run-ports.ts'
import type { StageRecorder } from './stage-recorder.ts'

/** The image in the local engine and what was read of it. */
export type ImageInHand = {
  readonly docker: DockerPorts
  readonly artifact: ImageArtifact
  readonly inspection: Inspection
  /** What `baseline` names, when that is an image. */
  readonly baseline?: BaselineInspection
  readonly pinnedBase?: PinnedBase
}
/** The given reference is an index that no child can stand for: there is nothing to inspect, and nothing can be published. */
export type RefusedIndex = { readonly refused: ManifestFacts }

/** Stages `build` and `inspect`: the image is built, or found when it was given, and read together with its runtime. */
export async function imageStages(
  plan: ImagePlan,
  known: Known,
  request: RunRequest,
  stages: StageRecorder,
  ports: RunPorts,
): Promise<ImageInHand | RefusedIndex> {
  const { source } = plan
  if (source.from === 'unavailable') throw new Error('an image that is not there was to be read')
  if (source.from === 'reference') {
    stages.skip('build', NOT_BUILT[source.from])
    return await stages.run<ImageInHand | RefusedIndex>('inspect', 'Inspect', async () => {
      const begun = await begin(plan, known, ports)
      const found = await find(source, plan, begun.docker, ports)
      if ('refused' in found) {
        await begun.baseline
        return { value: found, detail: 'the reference is an index, which cannot be inspected' }
      }
      return await read(found.artifact, begun, known, plan, ports, compiled(plan, begun, request, ports))
    })
  }
  const { artifact, ...begun } = await stages.run('build', 'Build', async () => {
    const { docker, ...reading } = await begin(plan, known, ports)
    const { environment, runId } = request
    const built = { source, architecture: plan.architecture, name: plan.name, runId, environment }
    const artifact = await buildImage(built, { ...docker, log: ports.log })
    known.artifact = { kind: 'image', image: artifact }
    ports.setOutput('local-image', artifact.reference)
    return { value: { artifact, docker, ...reading }, detail: artifact.reference }
  })
  return await stages.run('inspect', 'Inspect', () =>
    read(artifact, begun, known, plan, ports, compiled(plan, begun, request, ports)),
  )
}

/** As the user first; where a registry of ECR wants a login, once more with the one that the run's credentials give. */
async function find(source: ReferenceSource, plan: ImagePlan, docker: DockerPorts, { aws, log }: RunPorts) {
  try {
    return await findImage(source, plan.architecture, { ...docker, log })
  } catch (error) {
    const denied = error instanceof ActionError && error.code === 'access-denied'
    const login = denied ? await ecrLogin(source.image, plan, aws) : undefined
    if (login === undefined) throw error
    log.mask(login.password)
    log.info(`Logging in to ${login.host} with the AWS credentials.`)
    await using reader = await docker.registry.reader(login)
    return await findImage(source, plan.architecture, { ...reader, log })
  }
}

type Begun = {
  readonly docker: DockerPorts
  readonly runtime: Inspector
  readonly baseline: Promise<BaselineInspection | undefined>
  readonly pinned: Promise<PinnedBase | undefined>
}

/** The engine, judged usable, and the reading of runtime image and baseline, which goes on beside whatever comes next. */
async function begin(plan: ImagePlan, known: Known, ports: RunPorts): Promise<Begun> {
  const usable = judgeEngine(await ports.engine.facts())
  known.engineUsed = true
  const docker: DockerPorts = ports.docker(usable)
  const runtime = inspector(plan, { ...docker, log: ports.log })
  const baseline = baselineOf(plan, docker, runtime, ports)
  const pinned = pinnedBase(plan, docker.registry)
  // A build that fails first is what the run tells; nobody asks for these then.
  for (const one of [baseline, pinned]) one.catch(() => undefined)
  return { docker, runtime, baseline, pinned }
}

async function baselineOf(plan: ImagePlan, docker: DockerPorts, runtime: Inspector, ports: RunPorts) {
  const { baseline } = plan
  if (baseline?.from !== 'image' && baseline?.from !== 'deployed') return undefined
  const look = (source: ReferenceSource) => find(source, plan, docker, ports)
  return await inspectBaseline(baseline, { find: look, inspector: runtime, log: ports.log })
}

/** What compiled the code, read beside artifact and runtime image. */
async function compiled(
  { buildImage, source, architecture, name }: ImagePlan,
  { runtime: { reader }, docker }: Begun,
  { runId, environment }: RunRequest,
  { log }: RunPorts,
) {
  if (buildImage === undefined) return undefined
  const request = { buildImage, source, architecture, name, runId, environment }
  return await readBuildStage(request, { ...docker, reader, log })
}

async function read(
  artifact: ImageArtifact,
  begun: Begun,
  known: Known,
  { imageConfig }: ImagePlan,
  { setOutput }: RunPorts,
  compiling: ReturnType<typeof compiled>,
) {
  known.artifact = { kind: 'image', image: artifact }
  setOutput('local-image', artifact.reference)
  setOutput('image-digest', artifact.source?.digest)
  const inspecting = begun.runtime.inspect(artifact)
  // All are waited for even if one fails: what the others made is then gone in the end.
  await Promise.allSettled([inspecting, compiling, begun.baseline, begun.pinned])
  const build = await compiling
  const baseline = await begun.baseline
  const pinnedBase = await begun.pinned
  const inspected = await inspecting
  const inspection = {
    ...inspected,
    artifact: asStarted(inspected.artifact, imageConfig),
    ...(build === undefined ? {} : { build }),
  }
  known.inspection = {
    artifact: inspection.artifact,
    runtimes: [inspection.runtime],
    ...(build === undefined ? {} : { build }),
  }
  const { files, elf, bytes } = inspection.artifact
  setOutput('image-size', bytes.uncompressed)
  const detail = `${files.length} files, ${elf.length} native, ${megabytes(bytes.uncompressed)}; runtime ${inspection.runtime.reference} (${inspection.runtime.environment.source})`
  const { docker } = begun
  return {
    value: { docker, artifact, inspection, ...(baseline && { baseline }), ...(pinnedBase && { pinnedBase }) },
    detail,
  }
}
