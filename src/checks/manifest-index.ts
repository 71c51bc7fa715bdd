import { runnableChild } from '../build/runnable-child.ts'
import type { ManifestChild, ManifestFacts } from '../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import { isSkipped } from '../plan/plan.ts'
import type { Check, Finding } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { code, counted } from './facts/wording.ts'

const ID = 'manifest-index'

export const manifestIndex: Check = {
  id: ID,
  title: 'The reference is one image manifest',
  appliesTo: ({ kind }) => kind === 'image',
  run({ artifact: { index, manifest }, plan }) {
    const given = index ?? (manifest?.children === undefined ? undefined : manifest)
    if (given !== undefined) return { findings: [indexFinding(given, plan.architecture)] }
    if (manifest !== undefined) return { findings: [] }
    // A push of this run is read back by digest and refused unless it is one manifest, so nothing stays open then.
    const readBack = plan.source.from === 'build' && !isSkipped(plan.publish) && !plan.dryRun
    return {
      findings: [],
      ...(readBack ? {} : { notChecked: 'no registry was asked: the image is only in the local engine' }),
    }
  },
}

/**
 * The finding about a reference that is an index: a note when exactly one child can stand for it, else an error that
 * lists the children. Also for an index that was refused before anything could be inspected.
 */
export function indexFinding(index: ManifestFacts, architecture: Architecture): Finding {
  const children = index.children ?? []
  const child = runnableChild(children, architecture)
  const { platform } = architectureRow(architecture)
  const listed = {
    rule: ID,
    confidence: 'proven',
    subject: 'manifest',
    expected: `one image manifest for ${code(platform)}`,
    actual: `${code(index.mediaType)} with ${counted(children.length, 'entry', 'entries')}`,
    ...examplesOf(children.map(childLine)),
  } as const
  if (child !== undefined) {
    return {
      ...listed,
      level: 'note',
      message: `The reference is an index, which Lambda refuses; its only ${code(platform)} image ${code(child.digest)} is used and published instead`,
      help:
        'Build without attestations and for one platform, and nothing has to be picked out.\ndocker buildx build --provenance=false --sbom=false --platform ' +
        platform,
    }
  }
  const images = children.filter((one) => !one.attestation).length
  return {
    ...listed,
    level: 'error',
    message: `The reference is an index of ${counted(images, 'image')}, of which not exactly one is for ${code(platform)}; Lambda refuses it`,
    help: `Build for one platform without attestations, or give the image by the digest of one child.\ndocker buildx build --platform ${platform} --provenance=false --sbom=false .`,
  }
}

function childLine({ platform, digest, attestation }: ManifestChild): string {
  return attestation ? `${digest} (attestation)` : `${digest} ${platform}`
}
