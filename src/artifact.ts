import type { ManifestFacts } from './inspect/evidence.ts'
import type { LayerRead } from './layer/read-layer.ts'
import type { WrittenZip } from './ports/layer-zip-writer.ts'

/** What a run is about. */
export type Artifact = { readonly kind: 'image'; readonly image: ImageArtifact } | LayerArtifact

/** The layer a run is about; `path` as given. `zip`: what is published; absent when the layer is far too large to be packed. */
export type LayerArtifact = {
  readonly kind: 'layer'
  readonly path: string
  readonly layer: LayerRead
  readonly zip?: WrittenZip
}

/** The image a run is about, as the local engine knows it. */
export type ImageArtifact = {
  /**
   * What `docker` commands take, with `--platform`: an index of the containerd store has no reference for its child.
   * For an index of a registry this is the child, by digest.
   */
  readonly reference: string
  /** The engine's image id (config digest on the classic store, manifest digest on the containerd store). */
  readonly id: string
  /** `built` by this run; `local`: given and found in the engine; `registry`: given and pulled. */
  readonly origin: 'built' | 'local' | 'registry'
  /** Set when its registry was asked: this image's manifest there, `reference` by digest; of an index the child's. */
  readonly source?: ManifestFacts
  /** Child manifest that stands for an index (contract §4.1), with the index it was taken from. */
  readonly repaired?: { readonly index: ManifestFacts; readonly child: string }
}
