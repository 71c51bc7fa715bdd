/** A reference as distribution/reference defines it. The registry is absent when Docker Hub is implied. */
export type ImageReference = {
  readonly registry?: string
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const REFERENCE = new RegExp(
  `^(${COMPONENT}(?:/${COMPONENT})*|[A-Za-z0-9.-]+(?::\\d+)?(?:/${COMPONENT})+|\\[[0-9a-f:]+\\](?::\\d+)?(?:/${COMPONENT})+)` +
    '(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@([a-z0-9]+:[0-9a-f]{32,}))?$',
)

/** Tag grammar of the OCI distribution specification. */
export const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

/** The parts of an image reference; `undefined` when it is none. */
export function parseImageReference(text: string): ImageReference | undefined {
  const [, name, tag, digest] = REFERENCE.exec(text) ?? []
  if (name === undefined) return undefined
  const slash = name.indexOf('/')
  const host = slash === -1 ? '' : name.slice(0, slash)
  const hasRegistry = /[.:]/.test(host) || host === 'localhost' || host !== host.toLowerCase()
  return {
    repository: hasRegistry ? name.slice(slash + 1) : name,
    ...(hasRegistry ? { registry: host } : {}),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  }
}

export type EcrReference = { readonly registryId: string; readonly region: string; readonly repository: string }

// awslabs/amazon-ecr-credential-helper, ecr-login/api/client.go: every partition, dual-stack and FIPS hosts.
const ECR_HOST =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-zA-Z0-9][a-zA-Z0-9-_]*)\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/

/** Account, region and repository of a reference into a private ECR registry; `undefined` for any other. */
export function ecrReference(text: string): EcrReference | undefined {
  const { registry = '', repository = '' } = parseImageReference(text) ?? {}
  const [, registryId, region] = ECR_HOST.exec(registry) ?? []
  return registryId === undefined || region === undefined ? undefined : { registryId, region, repository }
}

/** The reference without tag and digest: `127.0.0.1:5000/team/app`. A colon before the last slash belongs to the port. */
export function untagged(reference: string): string {
  const [name = ''] = reference.split('@', 1)
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1)
  return colon < 0 ? name : name.slice(0, colon)
}

/** The reference pinned to `digest`, without its tag. */
export function byDigest(reference: string, digest: string): string {
  return `${untagged(reference)}@${digest}`
}

/** Registry host of a reference as people read it; Docker Hub when the reference names none. */
export function registryHost(reference: string): string {
  return parseImageReference(reference)?.registry ?? 'docker.io'
}
