import { type PatiencePorts, persist } from '../../deploy/patience.ts'
import { ActionError } from '../../errors.ts'
import type { LayerPublishPlan } from '../../plan/plan.ts'
import type { LayerVersion } from '../../ports/layer-api.ts'
import type { WrittenZip } from '../../ports/layer-zip-writer.ts'
import type { LayerPublication } from '../../report/report.ts'
import { markedDescription, namesContent } from './layer-description.ts'
import { hasMetadata } from './reusable-version.ts'
import { inWords, policyOf, share } from './share-layer.ts'
import { type LayerUploadPorts, uploadLayer } from './upload-layer.ts'
import { type UploadWay, uploadWay } from './upload-way.ts'

export type LayerPublishPorts = PatiencePorts &
  LayerUploadPorts & {
    /** Told what is published as soon as it is, so that the report has it also when sharing or attaching fails. */
    readonly known: (publication: LayerPublication) => void
  }

/** The layer as it was checked. `fingerprint`: contract §4.9. */
export type LayerToPublish = {
  readonly zip: WrittenZip
  readonly fingerprint?: string
  /** Of this run, for names of objects. */
  readonly runId: string
}

/** What publishing will come to: the newest version again, or a new one. */
export type LayerTarget = { readonly newest?: LayerVersion } & (
  | { readonly reused: LayerPublication }
  | { readonly reused?: undefined; readonly way: UploadWay }
)

/**
 * Looks what publishing will come to, and writes nothing. Rejects with invalid-input when the zip needs a bucket and there is
 * none, or what the ports reject with.
 */
export async function layerTarget(
  plan: LayerPublishPlan,
  layer: LayerToPublish,
  { layers }: Pick<LayerPublishPorts, 'layers'>,
): Promise<LayerTarget> {
  const newest = await layers.newestVersion(plan.layerName)
  const codeSha256 = newest === undefined ? undefined : await reusedContent(newest, plan, layer, layers)
  if (newest === undefined || codeSha256 === undefined) {
    const way = uploadWay(plan, layer.zip, layer.runId)
    return newest === undefined ? { way } : { newest, way }
  }
  const { arn: layerVersionArn, version } = newest
  return { newest, reused: { layerVersionArn, version, codeSha256, reused: true, shared: [] } }
}

/** CodeSha256 of the newest version when it is the same layer (contract §4.9), whatever zlib packed it. */
async function reusedContent(
  newest: LayerVersion,
  plan: LayerPublishPlan,
  { zip, fingerprint }: LayerToPublish,
  layers: LayerPublishPorts['layers'],
): Promise<string | undefined> {
  if (!hasMetadata(newest, plan)) return undefined
  const content = await layers.content(newest.arn)
  if (content === undefined) return undefined
  const same = content.codeSha256 === zip.sha256 || namesContent(newest.description, fingerprint)
  return same ? content.codeSha256 : undefined
}

/**
 * Publishes the layer unless its newest version is the same, then shares it as the plan says. What is throttled is tried
 * again until `wait-timeout`. Rejects as `layerTarget`, `uploadLayer` and `share` do.
 */
export async function publishLayer(
  plan: LayerPublishPlan,
  layer: LayerToPublish,
  ports: LayerPublishPorts,
): Promise<LayerPublication> {
  const { clock, log, known } = ports
  const deadline = clock.now() + plan.waitTimeout * 1000
  const patient = <T>(work: () => Promise<T>) => persist(work, deadline, ports, isThrottled)
  const target = await patient(() => layerTarget(plan, layer, ports))
  const made = target.reused ?? (await patient(() => publishVersion(plan, layer, target.way, ports)))
  log.info(
    made.reused
      ? `${made.layerVersionArn} is this layer already: nothing is published.`
      : `Published ${made.layerVersionArn}.`,
  )
  known(made)
  const shared = await shareWith(plan.shareWith, made, ports, patient)
  const publication = { ...shared, ...(await formerly(plan, target.newest, made, ports)) }
  known(publication)
  return publication
}

async function publishVersion(
  plan: LayerPublishPlan,
  { zip, fingerprint }: LayerToPublish,
  way: UploadWay,
  ports: LayerPublishPorts,
): Promise<LayerPublication> {
  const description = markedDescription(plan.description, fingerprint)
  const { arn, version, codeSha256 } = await uploadLayer(plan, description, zip, way, ports)
  return { layerVersionArn: arn, version, codeSha256, reused: false, shared: [] }
}

/** A new version has no policy yet; that of another run's is read, since who is in it and not asked for any more must be said. */
async function shareWith(
  sharees: readonly string[],
  made: LayerPublication,
  ports: LayerPublishPorts,
  patient: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<LayerPublication> {
  const arn = made.layerVersionArn
  if (sharees.length === 0 && !made.reused) return made
  const policy = made.reused
    ? await patient(() => policyOf(arn, ports)).catch((error: unknown) => unread(error, sharees))
    : NO_POLICY
  if (policy === undefined) {
    ports.log.info(`Who may use ${arn} is not known: its policy could not be read.`)
    return made
  }
  const more = [...policy.sharees.filter((one) => !sharees.includes(one)), ...policy.others]
  let publication: LayerPublication = { ...made, ...(more.length === 0 ? {} : { alsoShared: more }) }
  if (more.length > 0) {
    ports.log.warning(`${arn} can also be used by ${more.map(inWords).join(', ')}, which \`share-with\` does not name.`)
  }
  for (const sharee of sharees) {
    await patient(() => share(arn, sharee, policy, ports))
    publication = { ...publication, shared: [...publication.shared, sharee] }
    ports.known(publication)
  }
  if (sharees.includes('*')) ports.log.warning(`${arn} is public: every AWS account can use it (share-with: *).`)
  return publication
}

const NO_POLICY = { sharees: [], statementIds: [], others: [] }

/** Nobody asked to share: then the policy is only of interest, and a refused look at it no failure. */
function unread(error: unknown, sharees: readonly string[]): undefined {
  if (sharees.length > 0 || !(error instanceof ActionError) || error.code === 'cancelled') throw error
  return undefined
}

/** Who could use the version before this one and was taken off since: their consumers stay on it. */
async function formerly(
  { shareWith: sharees }: LayerPublishPlan,
  newest: LayerVersion | undefined,
  made: LayerPublication,
  ports: LayerPublishPorts,
): Promise<Pick<LayerPublication, 'formerlyShared'>> {
  if (newest === undefined || made.reused) return {}
  try {
    const policy = await policyOf(newest.arn, ports)
    const gone = policy.sharees.filter((one) => !sharees.includes(one))
    if (gone.length === 0) return {}
    ports.log.warning(
      `${newest.arn} can be used by ${gone.map(inWords).join(', ')}, the new version cannot: \`share-with\` does not name them.`,
    )
    return { formerlyShared: { layerVersionArn: newest.arn, sharees: gone } }
  } catch (error) {
    if (error instanceof ActionError && error.code !== 'cancelled') return {}
    throw error
  }
}

function isThrottled(error: unknown): error is ActionError {
  return error instanceof ActionError && error.code === 'throttled'
}
