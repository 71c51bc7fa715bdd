import type { Architecture } from '../lambda/architecture.ts'

/** Runtime interface emulators that do not come from an image. */
export interface EmulatorBinaries {
  /** A file of this machine (`rie-path`); `undefined` when no regular file is there. */
  local(path: string): Promise<{ readonly content: Uint8Array; readonly executable: boolean } | undefined>
  /** The pinned release from the tool cache, else downloaded; always checked by SHA-256. Rejects with an ActionError. */
  release(architecture: Architecture): Promise<Uint8Array>
}
