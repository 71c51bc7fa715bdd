/** What one file of a Node.js installation says. */
export type NodeFile = NodePackage

/** A package.json: `path` is the file, its folder the package. */
export type NodePackage = {
  readonly kind: 'package'
  readonly path: string
  readonly name: string
  readonly version?: string
  /** As npm reads them: names, or `!name`. */
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
}
