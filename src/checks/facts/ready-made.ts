import type { ElfFile } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { owners } from './owners.ts'

/**
 * True for a file that a registry delivered as it is, made for many systems: of a wheel for `manylinux` or `musllinux`, of an
 * npm package that names its platforms. What installed it has compiled nothing.
 */
export function isReadyMade({ artifact }: Subject): (file: ElfFile) => boolean {
  const ownerOf = owners(artifact)
  const wheels = new Set(
    artifact.facts.python.flatMap((fact) =>
      fact.kind === 'distribution' && fact.tags?.some((tag) => /(?:many|musl)linux/.test(tag)) ? [fact.path] : [],
    ),
  )
  return ({ path }) => {
    const owner = ownerOf(path)
    return (
      owner !== undefined && (wheels.has(owner.folder) || owner.npm?.os !== undefined || owner.npm?.cpu !== undefined)
    )
  }
}
