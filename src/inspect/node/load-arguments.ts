import { endOfExpression, splitTop } from './expression-ranges.ts'
import { called, type Draft, type LoadReading } from './load-reading.ts'
import { variablesOf } from './load-variables.ts'
import type { LoadKind } from './node-file.ts'
import type { Token } from './script-tokens.ts'
import { valuesOf } from './script-values.ts'

/** What is named by the first argument of a call, and what of it is called at once. */
export function addLoads(reading: LoadReading, kind: LoadKind, open: number, close: number): void {
  const { tokens, names, drafts } = reading
  const [first, second] = splitTop(tokens, open + 1, close, ',')
  const at = open - 1
  if (kind === 'bindings') {
    const argument = bindingName(reading, open, close)
    drafts.push({ kind, argument, at, alternative: false })
    return
  }
  if (kind === 'pkg-prebuilds' && second !== undefined && first !== undefined) {
    drafts.push({ kind, argument: valuesOf(tokens, first[0], first[1], names)[0] ?? '*', at, alternative: false })
    return
  }
  if (first === undefined) return
  const values = valuesOf(tokens, first[0], first[1], names)
  const variables = variablesOf(reading, at)
  for (const argument of values) {
    const draft: Draft = { kind, argument, at, alternative: values.length > 1 }
    drafts.push(draft)
    if (tokens[close + 1]?.value === '(') called(reading, draft, 'default', close + 1)
    if (tokens[close + 1]?.value === '.' && tokens[close + 3]?.value === '(')
      called(reading, draft, tokens[close + 2]?.value ?? '', close + 3)
    for (const name of variables) reading.modules.set(name, draft)
  }
}

/** `process.dlopen(module, 'x.node')`. */
export function dlopenCall(reading: LoadReading, open: number, close: number): void {
  const { tokens, names } = reading
  const second = splitTop(tokens, open + 1, close, ',')[1]
  if (second === undefined) return
  const values = valuesOf(tokens, second[0], second[1], names)
  for (const argument of values)
    reading.drafts.push({ kind: 'dlopen', argument, at: open - 1, alternative: values.length > 1 })
}

/** `bindings('x')`, `bindings({ bindings: 'x', module_root: … })`, or the package's own name. */
function bindingName(reading: LoadReading, open: number, close: number): string {
  const { tokens, names } = reading
  for (let at = open + 1; at < close; at++) {
    const token = tokens[at] as Token
    if (token.type === 'name' && token.value === 'bindings' && tokens[at + 1]?.value === ':')
      return valuesOf(tokens, at + 2, Math.min(close, endOfExpression(tokens, at + 2)), names)[0] ?? '*'
  }
  const [first] = splitTop(tokens, open + 1, close, ',')
  return first === undefined ? 'bindings' : (valuesOf(tokens, first[0], first[1], names)[0] ?? '*')
}
