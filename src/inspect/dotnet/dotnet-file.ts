/** What one file of a .NET program says. */
export type DotnetFile = RuntimeConfig

/** `<app>.runtimeconfig.json`: which shared framework the host must find. */
export type RuntimeConfig = {
  readonly kind: 'runtimeconfig'
  readonly path: string
  /** Absent in a self-contained app, which brings its framework. */
  readonly frameworks: readonly { readonly name: string; readonly version: string }[]
  /** How far the host may go to a newer one (`Minor` when absent). */
  readonly rollForward?: string
  readonly selfContained: boolean
}
