/** Parts of an image reference (distribution/reference grammar), e.g. `127.0.0.1:5000/team/app:1.2@sha256:…`. */
export type ImageReference = {
  /** Registry host and path, without tag and digest. */
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

/** Splits a reference; a colon before the last slash belongs to the registry's port. */
export function parseReference(reference: string): ImageReference {
  const [name = '', digest] = reference.split('@', 2)
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1)
  return {
    repository: colon < 0 ? name : name.slice(0, colon),
    ...(colon < 0 ? {} : { tag: name.slice(colon + 1) }),
    ...(digest === undefined ? {} : { digest }),
  }
}

/** The reference pinned to `digest`, without its tag. */
export function byDigest(reference: string, digest: string): string {
  return `${parseReference(reference).repository}@${digest}`
}

/** Registry host of a reference as people read it; Docker Hub when the reference names none. */
export function registryHost(reference: string): string {
  const [first = '', ...path] = reference.split('/')
  return path.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io'
}
