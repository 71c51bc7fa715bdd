import type { ImageArtifact } from '../artifact.ts'
import { ActionError } from '../errors.ts'
import { byDigest, registryHost } from '../image-reference.ts'
import type { Ecr } from '../ports/ecr.ts'
import type { Log } from '../ports/log.ts'
import type { OciRegistry, RegistrySession } from '../ports/oci-registry.ts'

export type UploadPorts = { readonly ecr: Ecr; readonly registry: Pick<OciRegistry, 'session'>; readonly log: Log }

/**
 * Brings the artifact to `target` (`host/repository:tag`) and returns the digest it has there. What a registry has is
 * copied byte for byte; the rest is pushed from the local engine.
 */
export async function upload(
  artifact: ImageArtifact,
  target: string,
  platform: string,
  ports: UploadPorts,
): Promise<string> {
  const { source, repaired } = artifact
  const write = (session: RegistrySession) =>
    source === undefined
      ? session.push(artifact.reference, target, { platform })
      : session.copy(byDigest(source.reference, repaired?.child ?? source.digest), target)
  try {
    return await withLogin(target, ports, write)
  } catch (error) {
    // A build may outlive a token of twelve hours, and a fresh one costs one call.
    if (!(error instanceof ActionError) || error.code !== 'access-denied') throw error
    ports.log.info(`${registryHost(target)} refused the login; once more with a new token.`)
    return await withLogin(target, ports, write)
  }
}

async function withLogin<T>(
  target: string,
  { ecr, registry, log }: UploadPorts,
  write: (session: RegistrySession) => Promise<T>,
): Promise<T> {
  const login = await ecr.login()
  log.mask(login.password)
  await using session = await registry.session({ host: registryHost(target), ...login })
  return await write(session)
}
