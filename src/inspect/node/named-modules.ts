import { REQUIRE } from './require-names.ts'

/** What a script may load, by its bytes alone: more than it does load, as comments and texts count too. */
export type NamedModules = {
  readonly names: ReadonlySet<string>
  /** Where it makes up a name. */
  readonly computedAt: readonly number[]
}

const LONGEST_NAME = 300
const [SPACE, QUOTE, APOSTROPHE, BACKTICK, OPEN, CLOSE, COMMA] = [32, 34, 39, 96, 40, 41, 44]

/** Modules named in `require('x')`, `import 'x'`, `import('x')`, `from 'x'`: no tokens, one search per word. */
export function namedModules(text: string): NamedModules {
  const names = new Set<string>()
  const computedAt: number[] = []
  for (let at = text.indexOf('equire'); at !== -1; at = text.indexOf('equire', at + 6)) {
    let end = at + 6
    while (isWord(text.charCodeAt(end))) end++
    const open = afterSpace(text, end)
    if (text.charCodeAt(open) !== OPEN) continue
    let start = at
    while (start > 0 && isWord(text.charCodeAt(start - 1))) start--
    if (REQUIRE.test(text.slice(start, end))) argument(open + 1)
  }
  for (let at = text.indexOf('import'); at !== -1; at = text.indexOf('import', at + 6)) {
    if (isWord(text.charCodeAt(at - 1))) continue
    const next = afterSpace(text, at + 6)
    if (text.charCodeAt(next) === OPEN) argument(next + 1)
    else literal(next)
  }
  for (let at = text.indexOf('from'); at !== -1; at = text.indexOf('from', at + 4)) {
    if (!isWord(text.charCodeAt(at - 1))) literal(afterSpace(text, at + 4))
  }
  return { names, computedAt }

  function argument(from: number): void {
    const at = afterSpace(text, from)
    const code = text.charCodeAt(at)
    // `require()` of nothing, and the numbers of bundlers.
    if (code === CLOSE || (code >= 48 && code <= 57)) return
    const end = literal(at)
    const after = end === undefined ? undefined : text.charCodeAt(afterSpace(text, end))
    if (after !== CLOSE && after !== COMMA) computedAt.push(at)
  }

  /** Index after the text that begins here. */
  function literal(at: number): number | undefined {
    const quote = text.charCodeAt(at)
    if (quote !== QUOTE && quote !== APOSTROPHE && quote !== BACKTICK) return undefined
    const end = text.indexOf(text[at] as string, at + 1)
    if (end === -1 || end - at > LONGEST_NAME) return undefined
    const name = text.slice(at + 1, end)
    if (quote === BACKTICK && name.includes('${')) return undefined
    names.add(name)
    return end + 1
  }
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  )
}

function afterSpace(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) <= SPACE) at++
  return at
}
