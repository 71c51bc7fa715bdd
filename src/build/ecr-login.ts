import { ecrReference, registryHost, untagged } from '../image-reference.ts'
import { type ImagePlan, isSkipped } from '../plan/plan.ts'
import type { Credentials } from '../ports/credentials.ts'
import type { Ecr } from '../ports/ecr.ts'
import type { RegistryLogin } from '../ports/oci-registry.ts'

export type EcrLoginPorts = { readonly credentials: Credentials; readonly ecr: (region: string) => Ecr }

/**
 * A login for `reference` when it lies in a private ECR registry and the run has AWS credentials; `undefined` for any
 * other. ECR is known by its host name, or because it is the target repository's own URI (contract §4.2).
 */
export async function ecrLogin(
  reference: string,
  { publish }: Pick<ImagePlan, 'publish'>,
  { credentials, ecr }: EcrLoginPorts,
): Promise<RegistryLogin | undefined> {
  const region = ecrReference(reference)?.region ?? (isSkipped(publish) ? undefined : publish.region)
  if (region === undefined || (await credentials.find({ askInstanceMetadata: false })) === 'none') return undefined
  const registry = ecr(region)
  if (ecrReference(reference) === undefined) {
    if (isSkipped(publish)) return undefined
    const { repository: name, registryId } = publish
    const target = await registry.repository({ name, ...(registryId === undefined ? {} : { registryId }) })
    if (target === undefined || registryHost(target.uri) !== registryHost(untagged(reference))) return undefined
  }
  return { host: registryHost(reference), ...(await registry.login()) }
}
