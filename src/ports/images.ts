import type { HistoryEntry, ManifestFacts } from '../inspect/evidence.ts'

/** An image as the local engine knows it. */
export type LocalImage = {
  /** Image id: config digest on the classic store, digest of the manifest or index on the containerd store. */
  readonly id: string
  readonly os: string
  /** As Docker names it: `amd64`, `arm64`, … */
  readonly architecture: string
  /** `repository@sha256:…`; on the classic store only after a pull or push, on the containerd store always. */
  readonly repoDigests: readonly string[]
  /** Containerd store: what the id is the digest of. Absent where the engine does not tell (classic store, engine < 28). */
  readonly descriptor?: { readonly mediaType: string; readonly digest: string; readonly size: number }
  /**
   * Containerd store: the index that the id belongs to. Of its children only the images for Lambda's two platforms are
   * told (the CLI lists no others), and none by engines before 28.1. They have no reference of their own: commands take
   * this image's reference and `--platform`.
   */
  readonly index?: ManifestFacts
  /** The whole `docker image inspect` answer. */
  readonly raw: unknown
}

export interface Images {
  /**
   * `undefined` when the engine has no such image. `platform` picks one of several that a reference may stand for on the
   * containerd store; `undefined` then also where the engine cannot pick.
   */
  inspect(reference: string, options?: { readonly platform?: string }): Promise<LocalImage | undefined>
  /** What made the image, base first; `undefined` where the engine cannot tell. Never fails. */
  history(reference: string): Promise<readonly HistoryEntry[] | undefined>
  /** `docker save` of one image as it comes, layers and all; false where the engine gave nothing out. */
  save(reference: string, onChunk: (chunk: Buffer) => void): Promise<boolean>
  /** Pulls with the user's credentials; rejects with image-not-found, access-denied or registry-error. */
  pull(reference: string, options?: { readonly platform?: string }): Promise<void>
  tag(source: string, target: string): Promise<void>
  /** Removes one tag or reference; one that is gone already is fine. */
  remove(reference: string): Promise<void>
}
