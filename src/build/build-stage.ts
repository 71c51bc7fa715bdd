import type { ReportedBuild } from '../inspect/environment.ts'
import type { EvidenceReader } from '../inspect/evidence-reader.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { BuildImage, BuildSource, ReferenceSource } from '../plan/plan.ts'
import type { Log } from '../ports/log.ts'
import { type BuildPorts, buildImage } from './build-image.ts'
import { pullRuntimeImage } from './pull-runtime-image.ts'

export type BuildStageRequest = {
  readonly buildImage: BuildImage
  readonly source: BuildSource | ReferenceSource | { readonly from: string }
  readonly architecture: Architecture
  readonly name: string
  readonly runId: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

export type BuildStagePorts = BuildPorts & { readonly reader: EvidenceReader }

/** Every layer of the stage is in the build cache; where it is not, compiling everything again is not worth a column. */
const CACHED_BUILD_MS = 60_000

/**
 * The environment that compiled the artifact's code: the given image, else the Dockerfile's stage, built from the cache of
 * the build that just ran and removed when it was read, else the image that the stage starts from. Never rejects: what
 * cannot be read is told, and the comparison does without.
 */
export async function readBuildStage(request: BuildStageRequest, ports: BuildStagePorts): Promise<ReportedBuild> {
  const { buildImage: wanted, source } = request
  if (wanted.from === 'given') return await readGiven(wanted.reference, request, ports)
  const stage = wanted.name === undefined ? {} : { stage: wanted.name }
  const why =
    wanted.name === undefined
      ? 'it has no name (`FROM … AS build`)'
      : source.from !== 'build'
        ? 'nothing is built'
        : (source as BuildSource).noCache
          ? '`no-cache` would compile everything a second time'
          : await attempt(async () => {
              const evidence = await readStage(wanted.name ?? '', wanted.base, source as BuildSource, request, ports)
              return { evidence, ...stage }
            })
  if (typeof why !== 'string') return why
  const where = `the stage in line ${wanted.line} of the Dockerfile`
  ports.log.info(`${where} cannot be read: ${why}`)
  if (wanted.base === undefined) return { ...stage, unread: `${where} cannot be read: ${why}` }
  ports.log.info(`Its base ${wanted.base} stands for it.`)
  return { ...(await readGiven(wanted.base, request, ports)), ...stage }
}

async function readStage(
  name: string,
  base: string | undefined,
  source: BuildSource,
  request: BuildStageRequest,
  ports: BuildStagePorts,
) {
  const { images, log, reader } = ports
  log.info(`Reading the stage ${name}, which compiled the code`)
  const quiet: Log = { ...log, info: log.debug }
  // What the build that just ran has pulled, exported and pushed is not wanted again.
  const alone: BuildSource = { ...source, target: name, pull: false, cacheTo: [], labels: [] }
  const { architecture, runId, environment } = request
  const built = { source: alone, architecture, name: `${request.name}-build-stage`, runId, environment }
  const signal = AbortSignal.timeout(CACHED_BUILD_MS)
  const { reference } = await buildImage({ ...built, throwaway: true, signal }, { ...ports, log: quiet })
  try {
    const local = await images.inspect(reference)
    if (local === undefined) throw new Error('the local engine no longer has it')
    const evidence = await reader.read({ reference }, local)
    // The engine's own name of something that is gone in a moment is nobody's: the stage is known by where it starts.
    const { digest: _, ...subject } = evidence.subject
    return { ...evidence, subject: { ...subject, reference: base ?? reference } }
  } finally {
    await images.remove(reference).catch((error) => log.warning(`${reference} could not be removed: ${error}`))
  }
}

async function readGiven(
  reference: string,
  { architecture }: BuildStageRequest,
  { images, reader, log }: BuildStagePorts,
): Promise<ReportedBuild> {
  const read = await attempt(async () => {
    const answer = await pullRuntimeImage(reference, architecture, images)
    if ('unreadable' in answer) throw answer.unreadable
    return { evidence: await reader.read(answer, answer.image, { keep: true }) }
  })
  if (typeof read !== 'string') return read
  log.warning(`The build image ${reference} cannot be read: ${read}`)
  return { unread: `the build image ${reference} cannot be read: ${read}` }
}

/** What `work` gives, or the first line of why it failed. */
async function attempt<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work()
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    return line
  }
}
