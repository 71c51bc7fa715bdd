const PATTERNS: readonly RegExp[] = [
  // pip: now, and from the cache of an earlier build.
  /^\s*Building wheel for (\S+) \(/,
  /^Processing \S*\/pip\/wheels\/\S*\/([^/-]+)-[^/]+\.whl$/,
  // uv
  /^\s*Built ([^\s=@]+)(?:==| @ )/,
  // Bundler
  /^Installing (\S+) \S+ with native extensions/,
]

/** The package that a line of a tool's output says was built from its source, since nothing ready-made fits. */
export function builtFromSource(line: string): string | undefined {
  return PATTERNS.map((pattern) => pattern.exec(line)?.[1]).find((name) => name !== undefined)
}
