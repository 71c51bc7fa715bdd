import { parseImageReference } from '../../image-reference.ts'
import type { Subject } from '../check.ts'

/** An image reference that somebody wrote down for this run, and what it stood for when it was used. */
export type NamedReference = {
  /** Where it is written: the input, or `FROM`. */
  readonly place: 'image' | 'FROM' | 'runtime-image'
  readonly reference: string
  /** Line of the Dockerfile, from 1. */
  readonly line?: number
  /** Digest that the reference led to in this run. A baseline's digest of the same reference is compared with it. */
  readonly digest?: string
  readonly moves: 'never' | 'by-convention-never' | 'tag' | 'latest'
}

/** The references of a run, each once: the given image, the FROM of the final stage, the given runtime image. */
export function namedReferences({ plan, artifact, runtimes }: Subject): readonly NamedReference[] {
  const runtime = runtimes[0]?.evidence?.subject
  const digestOf = (reference: string) => (runtime?.reference === reference ? runtime.digest : undefined)
  const found: NamedReference[] = []
  const add = (one: Omit<NamedReference, 'moves' | 'digest'>, digest: string | undefined) => {
    if (found.some(({ reference }) => reference === one.reference)) return
    found.push({ ...one, moves: moves(one.reference), ...(digest === undefined ? {} : { digest }) })
  }
  if (plan.kind !== 'image') return []
  const { source, base, runtimeImage } = plan
  if (source.from === 'reference') add({ place: 'image', reference: source.image }, artifact.manifest?.digest)
  if (base !== undefined) add({ place: 'FROM', ...base }, digestOf(base.reference))
  if (runtimeImage.from === 'given') {
    add({ place: 'runtime-image', reference: runtimeImage.reference }, digestOf(runtimeImage.reference))
  }
  return found
}

// AWS's base images are released under dated tags (`22.2025.03.28.05-x86_64`); commits and digests name one build too.
const RELEASE = /(?:^|[.-])20\d{2}[.-]?\d{2}[.-]?\d{2}(?:[.-]|$)|^(?:sha-?|git-?)?[0-9a-f]{7,64}$/

function moves(text: string): NamedReference['moves'] {
  const { tag, digest } = parseImageReference(text) ?? {}
  if (digest !== undefined) return 'never'
  if (tag === undefined || tag === 'latest' || tag.startsWith('latest-')) return 'latest'
  return namesOneBuild(tag) ? 'by-convention-never' : 'tag'
}

/** Whether a tag is of the kind that nobody moves: a dated release, a commit. */
export function namesOneBuild(tag: string): boolean {
  return RELEASE.test(tag) && /\d/.test(tag)
}
