import type { ImageArtifact } from '../artifact.ts'
import { ActionError } from '../errors.ts'
import { byDigest, untagged } from '../image-reference.ts'
import type { ManifestFacts } from '../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { ReferenceSource } from '../plan/plan.ts'
import type { Images, LocalImage } from '../ports/images.ts'
import type { Log } from '../ports/log.ts'
import type { OciRegistry } from '../ports/oci-registry.ts'
import { runnableChild } from './runnable-child.ts'

export type FindPorts = {
  readonly images: Pick<Images, 'inspect' | 'pull'>
  readonly registry: Pick<OciRegistry, 'manifest'>
  readonly log: Log
}

/**
 * `artifact`: what the later stages work on. `refused`: the reference is an index that no single child can stand for
 * (contract §4.1); nothing can be inspected, the index says why.
 */
export type FoundImage = { readonly artifact: ImageArtifact } | { readonly refused: ManifestFacts }

/**
 * The image that was given: from the local engine, else from its registry (`pull`: the other way round).
 * Rejects with image-not-found, access-denied or registry-error.
 */
export async function findImage(
  source: ReferenceSource,
  architecture: Architecture,
  ports: FindPorts,
): Promise<FoundImage> {
  const local = source.pull ? undefined : await ports.images.inspect(source.image)
  if (local !== undefined) return fromEngine(source.image, local, architecture, ports)
  try {
    return await fromRegistry(source.image, architecture, ports)
  } catch (error) {
    const unpublished = source.pull && isNotFound(error) ? await ports.images.inspect(source.image) : undefined
    if (unpublished === undefined) throw error
    ports.log.info(`${source.image} is not in its registry: the local engine's image is used.`)
    return fromEngine(source.image, unpublished, architecture, ports)
  }
}

async function fromRegistry(reference: string, architecture: Architecture, ports: FindPorts): Promise<FoundImage> {
  return pulled(await ports.registry.manifest(reference), architecture, ports)
}

/** Has the engine get what `given` names: itself, or the one child that stands for an index. */
async function pulled(
  given: ManifestFacts,
  architecture: Architecture,
  { images, registry, log }: FindPorts,
): Promise<FoundImage> {
  const child = given.children === undefined ? undefined : runnableChild(given.children, architecture)
  if (given.children !== undefined && child === undefined) return { refused: given }
  const reference = byDigest(given.reference, child?.digest ?? given.digest)
  log.info(`Using ${reference} of its registry.`)
  const [source] = await Promise.all([
    child === undefined ? given : registry.manifest(reference),
    images.pull(reference),
  ])
  const image = await images.inspect(reference)
  if (image === undefined) throw vanished(reference)
  const repaired = child === undefined ? {} : { repaired: { index: given, child: child.digest } }
  return { artifact: { reference, id: image.id, origin: 'registry', source, ...repaired } }
}

async function fromEngine(
  reference: string,
  image: LocalImage,
  architecture: Architecture,
  ports: FindPorts,
): Promise<FoundImage> {
  ports.log.info(`${reference} is in the local engine (${image.id}).`)
  const artifact: ImageArtifact = { reference, id: image.id, origin: 'local' }
  const { index } = image
  if (index !== undefined) {
    const child = runnableChild(index.children ?? [], architecture)
    if (child !== undefined)
      return { artifact: { ...artifact, id: child.digest, repaired: { index, child: child.digest } } }
    // A pull brings the content of one platform only: the registry may have the wanted one.
    return (await ifPublished(ports, () => fromRegistry(index.reference, architecture, ports))) ?? { refused: index }
  }
  // The containerd store keeps the manifest, and pushes it as it is; the classic store knows only where it pulled from.
  if (image.descriptor !== undefined) return { artifact }
  const published = await publishedAs(reference, image, ports)
  if (image.architecture === architectureRow(architecture).docker) {
    return { artifact: { ...artifact, ...(await registryFacts(published, image.id, architecture, ports)) } }
  }
  const other = published.find(({ children = [] }) => runnableChild(children, architecture) !== undefined)
  return (other && (await ifPublished(ports, () => pulled(other, architecture, ports)))) ?? { artifact }
}

/**
 * Manifests that an image of the classic store was pulled from or pushed as, under this repository name: what the
 * reference still points to, or by digest where its tag has moved on since.
 */
async function publishedAs(reference: string, image: LocalImage, ports: FindPorts): Promise<ManifestFacts[]> {
  const digests = image.repoDigests.filter((one) => one.startsWith(`${untagged(reference)}@`))
  if (digests.length === 0) return []
  const current = await ifPublished(ports, () => ports.registry.manifest(reference))
  if (current === undefined) return []
  if (digests.includes(current.reference)) return [current]
  const answers = digests.map((one) => ifPublished(ports, () => ports.registry.manifest(one)))
  return (await Promise.all(answers)).filter((one) => one !== undefined)
}

/** The manifest of exactly this image (its configuration is `id`) among what was published, or among an index's children. */
async function registryFacts(
  published: readonly ManifestFacts[],
  id: string,
  architecture: Architecture,
  ports: FindPorts,
): Promise<Pick<ImageArtifact, 'source' | 'repaired'>> {
  const source = published.find((one) => one.configDigest === id)
  if (source !== undefined) return { source }
  for (const index of published) {
    const child = runnableChild(index.children ?? [], architecture)
    if (child === undefined) continue
    const manifest = await ifPublished(ports, () => ports.registry.manifest(byDigest(index.reference, child.digest)))
    if (manifest?.configDigest === id) return { source: manifest, repaired: { index, child: child.digest } }
  }
  return {}
}

/** Only a local image was asked for: a registry that cannot be read now is no failure. */
async function ifPublished<T>({ log }: FindPorts, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    log.debug(`Not read from its registry: ${error.message}`)
    return undefined
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ActionError && error.code === 'image-not-found'
}

function vanished(reference: string): ActionError {
  return new ActionError('image-not-found', `${reference} was pulled, but the local engine does not have it.`, {
    help: 'Another job of this machine may have removed it (docker image prune); run the job again.',
  })
}
