import type { ImageArtifact } from '../artifact.ts'
import { ActionError } from '../errors.ts'
import type { Architecture } from '../lambda/architecture.ts'
import { architectureRow } from '../lambda/architecture.ts'
import type { PublishPlan } from '../plan/plan.ts'
import type { Ecr, Repository, RepositoryId, StoredImage } from '../ports/ecr.ts'
import type { ImagePublication } from '../report/report.ts'
import { refuseTakenTags } from './immutable-tags.ts'
import { artifactDigests, isSameImage } from './same-image.ts'
import { shareRepository } from './share-repository.ts'
import { usableManifest } from './stored-manifest.ts'
import { type UploadPorts, upload } from './upload.ts'

export type PublishPorts = UploadPorts & {
  /** Told what is published as soon as it is, so that the report has it also when a later tag or statement fails. */
  readonly known: (publication: ImagePublication) => void
}

/**
 * Puts the artifact under every tag of the plan: pushed or copied unless the repository has it, read back by digest and
 * verified, then tagged (contract §4.1, §4.2, §4.8). Rejects with repository-not-found, tag-immutable,
 * manifest-unsupported, verify-mismatch, or what the ports reject with.
 */
export async function publishImage(
  plan: PublishPlan,
  artifact: ImageArtifact,
  architecture: Architecture,
  ports: PublishPorts,
): Promise<ImagePublication> {
  const { ecr, log, known } = ports
  const repository = await targetRepository(plan, ports)
  const digests = artifactDigests(artifact)
  const { stored, present } = await lookUp(plan, repository, digests, ecr)

  const tagged = new Set(stored.filter(({ digest }) => digest === present?.digest).map(({ tag }) => tag))
  if (present === undefined) tagged.add(firstTag(plan))
  else log.info(`${repository.uri} has this image already (${present.digest}): nothing is pushed.`)
  const digest = present?.digest ?? (await uploadOnce(plan, repository, artifact, architecture, ports))

  const image = await readBack(ecr, repository, digest)
  const { mediaType } = usableManifest(repository.uri, image)
  if (!isSameImage(image, digests)) throw otherImage(repository, image, artifact)
  const publication = { repositoryUri: repository.uri, digest, mediaType, reused: present !== undefined }
  const tags = plan.tags.filter((tag) => tagged.has(tag))
  known({ ...publication, tags })
  for (const tag of plan.tags.filter((one) => !tagged.has(one))) {
    await ecr.putTag(repository, image, tag)
    tags.push(tag)
    known({ ...publication, tags: [...tags] })
  }
  log.info(`${repository.uri}@${digest} is ${mediaType}, tags ${plan.tags.join(', ')}.`)

  if (plan.shareWith.length > 0) {
    await shareRepository(repository, { accounts: plan.shareWith, region: plan.region }, ports)
  }
  return { ...publication, tags: plan.tags }
}

/** What would stop publishing before its first write, for `dry-run`: repository-not-found, tag-immutable, a refused read. */
export async function checkTarget(plan: PublishPlan, artifact: ImageArtifact, ecr: Ecr): Promise<void> {
  const repository = await ecr.repository(repositoryId(plan))
  if (repository !== undefined) await lookUp(plan, repository, artifactDigests(artifact), ecr)
  else if (!plan.createRepository) throw repositoryNotFound(plan)
}

async function lookUp(plan: PublishPlan, repository: Repository, digests: ReadonlySet<string>, ecr: Ecr) {
  const stored = await ecr.images(repository, [
    ...plan.tags.map((tag) => ({ tag })),
    ...[...digests].map((digest) => ({ digest })),
  ])
  const present = stored.find((image) => isSameImage(image, digests))
  refuseTakenTags(repository, stored, present?.digest)
  return { stored, present }
}

/** A run beside this one may have pushed the same image meanwhile; a repository of immutable tags then refuses the second. */
async function uploadOnce(
  plan: PublishPlan,
  repository: Repository,
  artifact: ImageArtifact,
  architecture: Architecture,
  ports: UploadPorts,
): Promise<string> {
  const tag = firstTag(plan)
  try {
    return await upload(artifact, `${repository.uri}:${tag}`, architectureRow(architecture).platform, ports)
  } catch (error) {
    if (!(error instanceof ActionError) || error.code !== 'tag-immutable') throw error
    const [there] = await ports.ecr.images(repository, [{ tag }])
    if (there === undefined || !isSameImage(there, artifactDigests(artifact))) throw error
    ports.log.info(`Another run has pushed this image as ${tag} meanwhile.`)
    return there.digest
  }
}

function repositoryId({ repository: name, registryId }: PublishPlan): RepositoryId {
  return { name, ...(registryId === undefined ? {} : { registryId }) }
}

async function targetRepository(plan: PublishPlan, { ecr, log }: UploadPorts): Promise<Repository> {
  const id = repositoryId(plan)
  const found = await ecr.repository(id)
  if (found !== undefined) return found
  if (!plan.createRepository) throw repositoryNotFound(plan)
  const created = await ecr.createRepository(id)
  log.info(`Created the repository ${created.uri}: scan on push, immutable tags.`)
  return created
}

function repositoryNotFound({ repository: name, registryId, region }: PublishPlan): ActionError {
  const where = `${region}${registryId === undefined ? '' : ` of account ${registryId}`}`
  return new ActionError('repository-not-found', `There is no ECR repository ${name} in ${where}.`, {
    help: 'Set create-repository: true to have it created (scan on push, immutable tags), or check repository, aws-region and registry-id, and whose credentials these are.',
  })
}

async function readBack(ecr: Ecr, repository: Repository, digest: string): Promise<StoredImage> {
  const [image] = await ecr.images(repository, [{ digest }])
  if (image !== undefined) return image
  throw new ActionError('registry-error', `${repository.uri}@${digest} was pushed, but ECR does not have it.`, {
    help: 'A lifecycle policy of the repository may have removed it at once: look at its rules, then run the job again.',
  })
}

function firstTag({ tags: [first] }: PublishPlan): string {
  if (first !== undefined) return first
  throw new ActionError('invalid-input', 'An image is to be published, but under no tag.', {
    help: 'Give tags, or run in a job that has a commit (GITHUB_SHA), whose sha is the default.',
  })
}

function otherImage(repository: Repository, { digest }: StoredImage, artifact: ImageArtifact): ActionError {
  return new ActionError(
    'verify-mismatch',
    `What arrived as ${repository.uri}@${digest} is not the image that was checked (${artifact.id}).`,
    {
      help: 'Another job on this machine may have moved the local tag meanwhile; run the job again. No function was touched.',
    },
  )
}
