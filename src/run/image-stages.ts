import type { ImageArtifact } from '../artifact.ts'
import { buildImage } from '../build/build-image.ts'
import { readBuildStage } from '../build/build-stage.ts'
import { ecrLogin } from '../build/ecr-login.ts'
import { findImage } from '../build/find-image.ts'
import { judgeEngine } from '../build/judge-engine.ts'
import { ActionError } from '../errors.ts'
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
  if (source.from === 'reference') {
    stages.skip('build', NOT_BUILT[source.from])
    return await stages.run<ImageInHand | RefusedIndex>('inspect', 'Inspect', async () => {
      const { docker, runtime } = await begin(plan, known, ports)
      const found = await find(source, plan, docker, ports)
      if ('refused' in found) return { value: found, detail: 'the reference is an index, which cannot be inspected' }
      return await read(found.artifact, runtime, known, docker, ports, compiled(plan, runtime, docker, request, ports))
    })
  }
  const { artifact, docker, runtime } = await stages.run('build', 'Build', async () => {
    const { docker, runtime } = await begin(plan, known, ports)
    const { environment, runId } = request
    const built = { source, architecture: plan.architecture, name: plan.name, runId, environment }
    const artifact = await buildImage(built, { ...docker, log: ports.log })
    known.artifact = { kind: 'image', image: artifact }
    ports.setOutput('local-image', artifact.reference)
    return { value: { artifact, docker, runtime }, detail: artifact.reference }
  })
  return await stages.run('inspect', 'Inspect', () =>
    read(artifact, runtime, known, docker, ports, compiled(plan, runtime, docker, request, ports)),
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

/** The engine, judged usable, and the reading of the runtime image, which goes on beside whatever comes next. */
async function begin(plan: ImagePlan, known: Known, { engine, docker, log }: RunPorts) {
  const usable = judgeEngine(await engine.facts())
  known.engineUsed = true
  const ports: DockerPorts = docker(usable)
  return { docker: ports, runtime: inspector(plan, { ...ports, log }) }
}

/** What compiled the code, read beside artifact and runtime image. */
async function compiled(
  { buildImage, source, architecture, name }: ImagePlan,
  { reader }: Inspector,
  docker: DockerPorts,
  { runId, environment }: RunRequest,
  { log }: RunPorts,
) {
  if (buildImage === undefined) return undefined
  const request = { buildImage, source, architecture, name, runId, environment }
  return await readBuildStage(request, { ...docker, reader, log })
}

async function read(
  artifact: ImageArtifact,
  runtime: Inspector,
  known: Known,
  docker: DockerPorts,
  { setOutput }: RunPorts,
  compiling: ReturnType<typeof compiled>,
) {
  known.artifact = { kind: 'image', image: artifact }
  setOutput('local-image', artifact.reference)
  setOutput('image-digest', artifact.source?.digest)
  const inspecting = runtime.inspect(artifact)
  // Both are waited for even if one fails: what the other made is then gone in the end.
  await Promise.allSettled([inspecting, compiling])
  const build = await compiling
  const inspection = { ...(await inspecting), ...(build === undefined ? {} : { build }) }
  known.inspection = {
    artifact: inspection.artifact,
    runtimes: [inspection.runtime],
    ...(build === undefined ? {} : { build }),
  }
  const { files, elf, bytes } = inspection.artifact
  setOutput('image-size', bytes.uncompressed)
  const detail = `${files.length} files, ${elf.length} native, ${megabytes(bytes.uncompressed)}; runtime ${inspection.runtime.reference} (${inspection.runtime.environment.source})`
  return { value: { docker, artifact, inspection }, detail }
}
