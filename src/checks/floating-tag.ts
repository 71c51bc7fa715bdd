import { byDigest, ecrReference } from '../image-reference.ts'
import type { Check, Finding, Subject } from './check.ts'
import { type NamedReference, namedReferences } from './facts/named-references.ts'
import { code, shellWord } from './facts/wording.ts'

const ID = 'floating-tag'

export const floatingTag: Check = {
  id: ID,
  title: 'References name one image and no other',
  appliesTo: ({ kind }) => kind === 'image',
  run(subject) {
    const references = namedReferences(subject).filter((one) => !isLocal(one, subject))
    const moving = references.filter(({ moves }) => moves === 'latest' || moves === 'tag')
    const local = references.length < namedReferences(subject).length
    return {
      findings: moving.map(finding),
      ...(local
        ? { notChecked: 'the given image is only in the local engine: no registry tells what its tag means' }
        : {}),
    }
  },
}

/** What no registry has cannot be moved by anybody else either. A reference into ECR means what lies there, whoever has a copy. */
function isLocal({ place, reference }: NamedReference, { artifact }: Subject): boolean {
  return place === 'image' && artifact.manifest === undefined && ecrReference(reference) === undefined
}

function finding({ place, reference, line, digest, moves }: NamedReference): Finding {
  const where = line === undefined ? code(place) : `${code('FROM')} in line ${line}`
  const pinned = digest === undefined ? undefined : byDigest(reference, digest)
  return {
    rule: ID,
    level: moves === 'latest' ? 'warning' : 'note',
    confidence: 'proven',
    subject: place,
    message:
      moves === 'latest'
        ? `${where} is ${code(reference)}, which means another image with every release: two runs of one commit may differ`
        : `${where} is ${code(reference)}, a tag that moves when its owner rebuilds it`,
    expected: 'a reference with a digest',
    actual: pinned === undefined ? code(reference) : `${code(reference)}, in this run ${code(digest ?? '')}`,
    help: `Pin it, and let a bot (Dependabot, Renovate) move the digest.\n${pinned === undefined ? lookedUp(place, reference) : written(place, reference, pinned)}`,
    count: 1,
    examples: [reference],
  }
}

function lookedUp(place: string, reference: string): string {
  const inspect = `docker buildx imagetools inspect ${shellWord(reference)} --format '{{.Manifest.Digest}}'`
  return `${inspect}\n# and with what it prints:\n${written(place, reference, byDigest(reference, 'sha256:…'))}`
}

/** As it stands in the Dockerfile, or in the workflow. */
function written(place: string, reference: string, pinned: string): string {
  return place === 'FROM' ? `FROM ${tagged(reference)}${pinned.slice(pinned.indexOf('@'))}` : `${place}: ${pinned}`
}

/** The reference with its tag: the tag tells people what the digest is. */
function tagged(reference: string): string {
  return reference.split('@', 1)[0] ?? reference
}
