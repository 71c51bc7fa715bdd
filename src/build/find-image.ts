import type { ImageArtifact } from '../artifact.ts'
import { ActionError } from '../errors.ts'
import type { ManifestFacts } from '../inspect/evidence.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { ReferenceSource } from '../plan/plan.ts'
import type { Images, LocalImage } from '../ports/images.ts'
import type { Log } from '../ports/log.ts'
import type { OciRegistry } from '../ports/oci-registry.ts'
import { byDigest, parseReference } from './image-reference.ts'
import { runnableChild } from './runnable-child.ts'

export type FindPorts = { readonly images: Images; readonly registry: OciRegistry; readonly log: Log }

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

async function fromRegistry(
  reference: string,
  architecture: Architecture,
  { images, registry, log }: FindPorts,
): Promise<FoundImage> {
  const given = await registry.manifest(reference)
  const child = given.children === undefined ? undefined : runnableChild(given.children, architecture)
  if (given.children !== undefined && child === undefined) return { refused: given }
  const pinned = byDigest(reference, child?.digest ?? given.digest)
  const [source] = await Promise.all([child === undefined ? given : registry.manifest(pinned), images.pull(pinned)])
  const image = await images.inspect(pinned)
  if (image === undefined) throw vanished(pinned)
  log.info(`${reference} is ${pinned} in its registry.`)
  return {
    artifact: {
      reference: pinned,
      id: image.id,
      origin: 'registry',
      source,
      ...(child === undefined ? {} : { repaired: { index: given, child: child.digest } }),
    },
  }
}

async function fromEngine(
  reference: string,
  image: LocalImage,
  architecture: Architecture,
  ports: FindPorts,
): Promise<FoundImage> {
  ports.log.info(`${reference} is in the local engine (${image.id}).`)
  const artifact: ImageArtifact = { reference, id: image.id, origin: 'local' }
  if (image.index !== undefined) {
    const child = runnableChild(image.index.children ?? [], architecture)
    return child === undefined
      ? { refused: image.index }
      : { artifact: { ...artifact, id: child.digest, repaired: { index: image.index, child: child.digest } } }
  }
  const pulledFrom = image.repoDigests.find((one) => one.startsWith(`${parseReference(reference).repository}@`))
  const known = image.descriptor !== undefined || pulledFrom === undefined
  return { artifact: known ? artifact : { ...artifact, ...(await published(pulledFrom, image, architecture, ports)) } }
}

/**
 * What the registry knows about an image that the classic store pulled from it: the store itself keeps no manifest.
 * Nothing when the registry cannot be asked now, or what it has is another image.
 */
async function published(
  pulledFrom: string,
  image: LocalImage,
  architecture: Architecture,
  { registry, log }: FindPorts,
): Promise<Pick<ImageArtifact, 'source' | 'repaired'>> {
  try {
    const given = await registry.manifest(pulledFrom)
    if (given.children === undefined) return given.configDigest === image.id ? { source: given } : {}
    const child = runnableChild(given.children, architecture)
    if (child === undefined) return {}
    const source = await registry.manifest(byDigest(pulledFrom, child.digest))
    return source.configDigest === image.id ? { source, repaired: { index: given, child: child.digest } } : {}
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    log.debug(`${pulledFrom} was not read from its registry: ${error.message}`)
    return {}
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
