/** What the real loader prints of one object with LD_TRACE_LOADED_OBJECTS (ldd), LD_WARN and LD_BIND_NOW. */
export type Traced = {
  /** Paths in the order of loading, links not followed; without the object itself and the loader. */
  readonly objects: readonly string[]
  readonly missing: readonly string[]
  /** `version` not found, one for each object that needs it. */
  readonly versions: readonly string[]
  /** `symbol (object)` */
  readonly undefinedSymbols: readonly string[]
  /** Anything else: the loader gave up. */
  readonly errors: readonly string[]
}

const LOADER = /\/ld-linux-[^/]*$/

export function parseTrace(output: string): Traced {
  const traced = {
    objects: new Set<string>(),
    missing: new Set<string>(),
    versions: [] as string[],
    undefinedSymbols: new Set<string>(),
    errors: [] as string[],
  }
  for (const line of output.split('\n')) {
    const [, soname = '', path = ''] = /^\t(\S+) => (.+?)(?: \(0x[0-9a-f]+\))?$/.exec(line) ?? []
    const [, same = ''] = /^\t(\/\S+) \(0x[0-9a-f]+\)$/.exec(line) ?? []
    const [, symbol, object] = /^undefined symbol: ([^,\s]+)(?:, version \S+)?\s*\((.+)\)$/.exec(line) ?? []
    const [, version] = /version `(.+)' not found/.exec(line) ?? []
    const [, absent] = /error while loading shared libraries: (\S+): cannot open shared object file/.exec(line) ?? []
    if (path === 'not found') traced.missing.add(soname)
    else if (absent !== undefined) traced.missing.add(absent)
    else if (path !== '' || same !== '') traced.objects.add(path || same)
    else if (symbol !== undefined) traced.undefinedSymbols.add(`${symbol} (${object})`)
    else if (version !== undefined) traced.versions.push(version)
    else if (!/^\s*$|^\tlinux-vdso|^\tstatically linked/.test(line)) traced.errors.push(line)
  }
  const objects = [...traced.objects].filter((path) => !LOADER.test(path))
  const undefinedSymbols = [...traced.undefinedSymbols]
  return { ...traced, objects, missing: [...traced.missing], undefinedSymbols }
}
