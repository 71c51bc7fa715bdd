import type { ManifestChild } from '../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'

/**
 * The one child of an index that can stand for it on Lambda: a Linux image of the wanted architecture. `undefined` when
 * there is none, or more than one (variants); attestations are not images.
 */
export function runnableChild(
  children: readonly ManifestChild[],
  architecture: Architecture,
): ManifestChild | undefined {
  const { platform } = architectureRow(architecture)
  const [child, ...others] = children.filter(
    (one) => !one.attestation && (one.platform === platform || one.platform.startsWith(`${platform}/`)),
  )
  return others.length === 0 ? child : undefined
}
