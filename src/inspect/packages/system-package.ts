/** A package database of the system: `path` is its file, `unread` why it could not be read whole. */
export type PackageDatabase = {
  readonly path: string
  readonly format: 'dpkg' | 'apk' | 'rpm'
  readonly packages: readonly SystemPackage[]
  readonly unread?: string
}

/** One installed package; `version` as the distribution writes it, with epoch and release. */
export type SystemPackage = { readonly name: string; readonly version: string; readonly architecture?: string }
