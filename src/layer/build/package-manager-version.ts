/**
 * Shell that sets VERSION: what package.json pins in `packageManager`, without its digest; else what `otherwise`, an
 * expression of the shell, gives.
 */
export const pinnedVersion = (tool: string, otherwise: string) =>
  `VERSION=$(node -p '(/^${tool}@(\\d[^+]*)/.exec(require("./package.json").packageManager) || [])[1] || ""')
if [ -z "$VERSION" ]; then VERSION=${otherwise}; fi
`

/** Shell that prints a property of an object of JavaScript by what a pattern finds in a file; `otherwise` when it has none. */
export const versionByFile = (versions: object, pattern: string, file: string, otherwise: string) =>
  `$(node -p '(${JSON.stringify(versions)})[(${pattern}.exec(require("fs").readFileSync("${file}", "utf8")) || [])[1]] || "${otherwise}"')`
