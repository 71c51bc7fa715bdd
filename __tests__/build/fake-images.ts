import { readFailure } from '../../src/build/registry-failure.ts'
import type { ManifestFacts } from '../../src/inspect/evidence.ts'
import type { Images, LocalImage } from '../../src/ports/images.ts'
import type { OciRegistry } from '../../src/ports/oci-registry.ts'

export function makeLocalImage(overrides: Partial<LocalImage> = {}): LocalImage {
  return { id: 'sha256:config', os: 'linux', architecture: 'amd64', repoDigests: [], raw: {}, ...overrides }
}

/** An engine that has `local` and can pull `remote`; it keeps what was pulled. */
export function fakeImages(
  local: Readonly<Record<string, LocalImage>>,
  remote: Readonly<Record<string, LocalImage>> = {},
): Images & { pulled: string[] } {
  const store: Record<string, LocalImage> = { ...local }
  const pulled: string[] = []
  return {
    pulled,
    inspect: async (reference) => store[reference],
    history: async () => undefined,
    save: async () => false,
    async pull(reference, { platform } = {}) {
      const image = remote[reference]
      if (image === undefined) throw readFailure(reference, `${reference}: not found`)
      pulled.push(platform === undefined ? reference : `${platform} ${reference}`)
      store[reference] = image
    },
    tag: () => Promise.reject(new Error('not implemented')),
    remove: () => Promise.reject(new Error('not implemented')),
  }
}

/** Registries that hold `manifests` by reference; a text is what the command says instead. */
export function fakeRegistry(manifests: Readonly<Record<string, ManifestFacts | string>>): OciRegistry {
  return {
    async manifest(reference) {
      const answer = manifests[reference] ?? 'not found'
      if (typeof answer === 'string') throw readFailure(reference, answer)
      return answer
    },
    reader: () => Promise.reject(new Error('not implemented')),
    session: () => Promise.reject(new Error('not implemented')),
  }
}
