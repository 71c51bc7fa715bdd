/** What one file of a Node.js installation says. */
export type NodeFile = NodePackage | NodeScript

/** A package.json: `path` is the file, its folder the package. Texts that name nothing are left out. */
export type NodePackage = {
  readonly kind: 'package'
  readonly path: string
  readonly name: string
  readonly version?: string
  /** As npm reads them: names, or `!name`. */
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly type?: 'module'
  /** Of a package that has none, `index.js` where its list of packed files has that. */
  readonly main?: string
  /** The list of packed files has it: it was there. */
  readonly packsMain?: true
  /** Of a package that names no way in: the file that declares what its name gives. */
  readonly declarations?: string
  /** As written, at most 64 KB of JSON; `exports` is then not known. */
  readonly exports?: unknown
  /** Names of its own that begin with `#`; bounded as `exports` is. */
  readonly imports?: unknown
  readonly dependencies?: readonly string[]
  readonly optionalDependencies?: readonly string[]
  readonly peerDependencies?: readonly string[]
  /** Peers that may be absent. */
  readonly optionalPeers?: readonly string[]
  /** `engines.node`. */
  readonly engine?: string
  /** Files of the commands that it installs, as written, by their names; the first twenty. */
  readonly commands?: Readonly<Record<string, string>>
  /** node-pre-gyp: where the addon lies, as a template. */
  readonly binary?: {
    readonly moduleName?: string
    readonly modulePath?: string
    readonly napiVersions?: readonly number[]
  }
  /** Scripts that npm runs at installation, by name; cut to 200 characters. */
  readonly installScripts?: Readonly<Record<string, string>>
  /** Nothing but declarations of types. */
  readonly typesOnly?: true
  /** Its fields beyond the common ones, as JSON; empty where that is long. What a script asks of another one is absent. */
  readonly otherFields?: Readonly<Record<string, string>>
}

/** A script that loads something: what a module needs before it is there. */
export type NodeScript = {
  readonly kind: 'script'
  readonly path: string
  /** Written with `import` and `export`. */
  readonly esm?: true
  readonly loads: readonly ScriptLoad[]
  /** The text of the script, when it decides which native code is loaded. */
  readonly source?: string
  /** It gives up by itself when none of the native files that it tries can be loaded. */
  readonly throws?: true
  /** A command that does nothing but give up. */
  readonly isPlaceholder?: true
  /** Larger than what is read: it may load more. */
  readonly partial?: true
}

/** How a script comes to a file: by Node's own loaders, or by one of the packages that look for a compiled addon. */
export type LoadKind =
  | 'require'
  | 'import'
  | 'dlopen'
  | 'bindings'
  | 'node-gyp-build'
  | 'node-pre-gyp'
  | 'pkg-prebuilds'
  | 'require-addon'

export type ScriptLoad = {
  readonly kind: LoadKind
  /**
   * Module name or path, with `${platform}`, `${arch}`, `${abi}` where the script puts in its own, and `*` where nobody knows.
   * `<folder>` is the script's folder.
   */
  readonly argument: string
  /** In a `try` whose `catch` goes on: `any` failure, or only that of a module that is `missing`. */
  readonly guard?: 'any' | 'missing'
  /** Only when a function is called that the script itself does not call; by any of these names from outside. */
  readonly lazy?: readonly string[]
  /** Under a condition that nobody knows. */
  readonly conditional?: true
  /** One of several that are tried. */
  readonly alternative?: true
  /** On this processor only (`x64`). */
  readonly architecture?: string
  /** What of the loaded module is called at once: `default` for itself, else names of its exports. */
  readonly calls?: readonly string[]
  readonly line: number
}
