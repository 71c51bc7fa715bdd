/** What an installer's script prints before the name of a project that is built because it is what was asked for. */
export const OWN_PROJECT = 'Project of layer-source: '

const PATTERNS: readonly RegExp[] = [
  // pip: now, and from the cache of an earlier build.
  /^\s*Building wheel for (\S+) \(/,
  /^Processing \S*\/pip\/wheels\/\S*\/([^/-]+)-[^/]+\.whl$/,
  // The same said otherwise; of one that was downloaded once the size follows.
  /^\s+Using cached ([^\s-]+)-\S+\.whl$/,
  // uv: not what is built from a folder of `layer-source`.
  /^\s*Built ([^\s=@]+)(?:==| @ (?!file:))/,
  // npm, pnpm and yarn do not say it: our script does.
  /^Compiled by node-gyp: (\S+)$/,
  // Bundler
  /^Installing (\S+) \S+ with native extensions/,
]

/** The package that a line of a tool's output says was built from its source, since nothing ready-made fits. */
export function builtFromSource(line: string): string | undefined {
  return PATTERNS.map((pattern) => pattern.exec(line)?.[1]).find((name) => name !== undefined)
}

/** Collects what was built from source, line by line; sorted, each once, without the user's own project. */
export function sourceBuilds(): { take(line: string): void; names(): readonly string[] } {
  const built = new Set<string>()
  const own = new Set<string>()
  return {
    take(line) {
      if (line.startsWith(OWN_PROJECT)) own.add(normalised(line.slice(OWN_PROJECT.length).trim()))
      const name = builtFromSource(line)
      if (name !== undefined) built.add(name)
    },
    names: () => [...built].filter((name) => !own.has(normalised(name))).sort(),
  }
}

/** PEP 503: the names of one distribution are many. */
function normalised(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-')
}
