import { endOfExpression, LONGEST_EXPRESSION, splitChoice, splitTop } from './expression-ranges.ts'
import { machine } from './machine-values.ts'
import { scriptTokens, type Token } from './script-tokens.ts'
import { limited, product, type Values } from './value-sets.ts'

export { splitTop } from './expression-ranges.ts'
export type { Values } from './value-sets.ts'

/** The folder of the script at the beginning of a value. */
export const FOLDER = '<folder>'
const MOST_DEPTH = 6
const MOST_CALL = 80

/** Where the expressions begin that a name is assigned; `open`: something is added to it (`+=`). `values`: once asked for. */
export type Assigned = { readonly starts: number[]; open: boolean; values?: Values }

export type Names = {
  readonly assigned: ReadonlyMap<string, Assigned>
  /** Values of names that are no variables here: parameters of functions that are called, items of lists. */
  given(name: string, depth: number): Values | undefined
}

/** Values of `tokens[from..to)`: texts, templates, `+`, `path.join`, variables that are assigned once, choices. */
export function valuesOf(tokens: readonly Token[], from: number, to: number, names: Names, depth = 0): Values {
  if (depth > MOST_DEPTH || to <= from || to - from > LONGEST_EXPRESSION) return ['*']
  const parts = splitTop(tokens, from, to, '+')
  if (parts.length > 1) return product(parts.map(([a, b]) => valuesOf(tokens, a, b, names, depth + 1)))
  const choice = splitChoice(tokens, from, to)
  if (choice !== undefined) return limited(choice.flatMap(([a, b]) => valuesOf(tokens, a, b, names, depth + 1)))
  const first = tokens[from] as Token
  if (first.type === 'punctuation' && first.value === '(') return valuesOf(tokens, from + 1, to - 1, names, depth + 1)
  if (first.type === 'punctuation' && first.value === '[' && tokens[to - 1]?.value === ']')
    return limited(
      splitTop(tokens, from + 1, to - 1, ',').flatMap(([a, b]) => valuesOf(tokens, a, b, names, depth + 1)),
    )
  if (to - from === 1) return single(first, names, tokens, depth)
  return called(tokens, from, to, names, depth)
}

function single(token: Token, names: Names, tokens: readonly Token[], depth: number): Values {
  if (token.type === 'text') return [token.value]
  if (token.type === 'template') return template(token.value, names, tokens, depth)
  if (token.type !== 'name') return ['*']
  if (token.value === '__dirname') return [FOLDER]
  const given = names.given(token.value, depth)
  if (given !== undefined) return given
  const assigned = names.assigned.get(token.value)
  if (assigned !== undefined) {
    if (assigned.values === undefined) {
      // Until it is known it may be anything: names are assigned to each other in circles.
      assigned.values = ['*']
      const values = limited(
        assigned.starts.flatMap((start) => valuesOf(tokens, start, endOfExpression(tokens, start), names, depth + 1)),
      )
      assigned.values = assigned.open ? values.map((value) => `${value}*`) : values
    }
    return assigned.values
  }
  return [machine(token.value) ?? '*']
}

function template(text: string, names: Names, tokens: readonly Token[], depth: number): Values {
  const pieces: Values[] = []
  let at = 0
  while (at < text.length) {
    const start = text.indexOf('${', at)
    if (start === -1) {
      pieces.push([text.slice(at)])
      break
    }
    if (start > at) pieces.push([text.slice(at, start)])
    const end = closing(text, start + 2)
    const inner = scriptTokens(text.slice(start + 2, end))
    // Names of the template are those of the script; everything else it says itself.
    const only = inner.length === 1 && inner[0]?.type === 'name'
    pieces.push(
      only
        ? single(inner[0] as Token, names, tokens, depth + 1)
        : valuesOf(inner, 0, inner.length, { ...names, assigned: new Map() }, depth + 1),
    )
    at = end + 1
  }
  return product(pieces)
}

function closing(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  return text.length
}

function called(tokens: readonly Token[], from: number, to: number, names: Names, depth: number): Values {
  if (to - from > MOST_CALL) return ['*']
  const source = tokens
    .slice(from, to)
    .map(({ type, value }) => (type === 'text' ? `"${value}"` : value))
    .join('')
  const known = machine(source)
  if (known !== undefined) return [known]
  if (tokens[from]?.value === 'await') return valuesOf(tokens, from + 1, to, names, depth + 1)
  if (/^(?:import\.meta\.(?:dirname|url))$/.test(source)) return [FOLDER]
  const call = /^([\w$.]*?)([\w$]+)\(/.exec(source)
  if (call === null || tokens[to - 1]?.value !== ')') return ['*']
  let open = from
  while (!isOpening(tokens[open])) open++
  const parameters = splitTop(tokens, open + 1, to - 1, ',').map(([a, b]) => valuesOf(tokens, a, b, names, depth + 1))
  const method = call[2]
  if (method === 'join' || method === 'resolve') {
    if (parameters.length === 1 && call[1] === 'require.') return parameters[0] ?? ['*']
    if (!/path/i.test(call[1] ?? '') && !/^(?:join|resolve)$/.test(call[0].slice(0, -1))) return ['*']
    return product(parameters.flatMap((values, index) => (index === 0 ? [values] : [['/'], values])))
  }
  if (method === 'dirname' && /__filename|import\.meta\.url|fileURLToPath/.test(source)) return [FOLDER]
  if (
    method === 'fileURLToPath' ||
    method === 'URL' ||
    method === 'normalize' ||
    method === 'String' ||
    method === 'toNamespacedPath'
  )
    return parameters[0] ?? ['*']
  return ['*']
}

function isOpening(token: Token | undefined): boolean {
  return token === undefined || (token.value === '(' && token.type === 'punctuation')
}
