import { ownValue } from '../../own-value.ts'
import { splitTop } from './expression-ranges.ts'
import { addLoads } from './load-arguments.ts'
import type { LoadReading } from './load-reading.ts'
import { variablesOf } from './load-variables.ts'
import type { LoadKind } from './node-file.ts'
import { LOADERS } from './require-names.ts'
import { valuesOf } from './script-values.ts'

/** `require('x')`: a module, or a package that looks for an addon. */
export function requireCall(reading: LoadReading, name: string, open: number, close: number): void {
  const { tokens, names } = reading
  // `function require(…)` of bundlers: ids of modules, no names.
  if (tokens[open + 1]?.type === 'number') return
  const [only] = splitTop(tokens, open + 1, close, ',')
  if (only === undefined) return
  const [value, ...more] = valuesOf(tokens, only[0], only[1], names)
  const loader = value === undefined || more.length > 0 ? undefined : ownValue(LOADERS, value)
  if (loader !== undefined) {
    reading.preGyp ||= loader === 'node-pre-gyp'
    loaderRequired(reading, loader, open, close)
    return
  }
  if (reading.preGyp && value === '*' && name === 'require') {
    reading.drafts.push({ kind: 'node-pre-gyp', argument: '', at: open - 1, alternative: false })
    return
  }
  addLoads(reading, 'require', open, close)
}

/** `require('bindings')('x')`, or a variable that is called later. */
function loaderRequired(reading: LoadReading, loader: LoadKind, open: number, close: number): void {
  const { tokens, structure } = reading
  const after = tokens[close + 1]
  const end = structure.closers.get(close + 1)
  if (after?.value === '(' && end !== undefined) {
    addLoads(reading, loader, close + 1, end)
    return
  }
  if (after?.value === '.' && tokens[close + 3]?.value === '(') {
    const inner = structure.closers.get(close + 3)
    if (inner !== undefined) {
      viaLoader(reading, loader, tokens[close + 2]?.value ?? '', close + 3, inner)
      return
    }
  }
  for (const name of variablesOf(reading, open - 1)) reading.loaders.set(name, loader)
}

/** `binary.find(…)` of what looks for an addon. */
export function viaLoader(reading: LoadReading, loader: LoadKind, method: string, open: number, close: number): void {
  if (loader === 'node-pre-gyp') {
    // What `find` answers is required next, or in the same expression.
    reading.preGyp ||= method === 'find'
  } else if (method !== 'path' && method !== 'resolve') addLoads(reading, loader, open, close)
}
