const CACHE = Buffer.from('cache')
const NUMBA = Buffer.from('numba')
/** A decorator at the top of a module, to the line of what it decorates. */
const DECORATOR = /^@(?:(\w+)\.)?(\w+)\s*\(([^@]{0,2000}?)\)\s*\n(?=def\s)/gm
const ASKS = /\bcache\s*=\s*True\b/
const COMPILES = new Set(['jit', 'njit', 'vectorize', 'guvectorize', 'generated_jit'])

/**
 * Line of the first function that numba is told to keep compiled (`@njit(cache=True)`): it looks for a folder to write to as soon
 * as the function is defined ("Caching", numba.readthedocs.io).
 */
export function cachedByNumba(source: Buffer): number | undefined {
  if (!source.includes(CACHE) || !source.includes(NUMBA)) return undefined
  const text = source.toString('latin1')
  const names = numbaNames(text)
  for (const { 0: whole, 1: module, 2: name = '', 3: given = '', index } of text.matchAll(DECORATOR)) {
    const isNumba = module === undefined ? names.functions.has(name) : names.modules.has(module) && COMPILES.has(name)
    if (isNumba && ASKS.test(given)) return lineOf(text, index + whole.length)
  }
  return undefined
}

/** What the module calls numba (lists of names are bounded: a source may be made to take long), and those of its decorators that it imports by name. */
function numbaNames(text: string): { readonly modules: ReadonlySet<string>; readonly functions: ReadonlySet<string> } {
  const modules = new Set<string>()
  const functions = new Set<string>()
  for (const [, as = 'numba'] of text.matchAll(/^import\s+numba(?:\s+as\s+(\w+))?\s*$/gm)) modules.add(as)
  for (const [, open, line] of text.matchAll(/^from\s+numba(?:\.\w+)*\s+import\s+(?:\(([^)]{0,2000})\)|(.*))$/gm))
    for (const one of (open ?? line ?? '').split(',')) {
      const [, name = '', as = name] = /^\s*(\w+)(?:\s+as\s+(\w+))?/.exec(one) ?? []
      if (COMPILES.has(name)) functions.add(as)
    }
  return { modules, functions }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
