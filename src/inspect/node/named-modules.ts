import { REQUIRE } from './require-names.ts'

/** What a script may load, by its bytes alone: more than it does load, as comments and texts count too. */
export type NamedModules = {
  readonly names: ReadonlySet<string>
  /** Where it makes up a name. */
  readonly computedAt: readonly number[]
}

const LONGEST_NAME = 300
const [SPACE, QUOTE, APOSTROPHE, BACKTICK, OPEN, CLOSE, COMMA] = [32, 34, 39, 96, 40, 41, 44]
const [EQUIRE, IMPORT, FROM] = ['equire', 'import', 'from'].map((word) => Buffer.from(word)) as [Buffer, Buffer, Buffer]
const NO_BYTE = 255

/**
 * Modules named in `require('x')`, `import 'x'`, `import('x')`, `from 'x'`: no tokens, one search per word. The bytes are
 * searched as they are.
 */
export function namedModules(bytes: Buffer): NamedModules {
  const names = new Set<string>()
  const computedAt: number[] = []
  for (let at = bytes.indexOf(EQUIRE); at !== -1; at = bytes.indexOf(EQUIRE, at + 6)) {
    let end = at + 6
    while (isWord(bytes[end])) end++
    const open = afterSpace(bytes, end)
    if (bytes[open] !== OPEN) continue
    let start = at
    while (start > 0 && isWord(bytes[start - 1])) start--
    if (REQUIRE.test(bytes.toString('latin1', start, end))) argument(open + 1)
  }
  for (let at = bytes.indexOf(IMPORT); at !== -1; at = bytes.indexOf(IMPORT, at + 6)) {
    if (isWord(bytes[at - 1])) continue
    const next = afterSpace(bytes, at + 6)
    if (bytes[next] === OPEN) argument(next + 1)
    else literal(next)
  }
  for (let at = bytes.indexOf(FROM); at !== -1; at = bytes.indexOf(FROM, at + 4)) {
    if (!isWord(bytes[at - 1])) literal(afterSpace(bytes, at + 4))
  }
  return { names, computedAt }

  function argument(from: number): void {
    const at = afterSpace(bytes, from)
    const code = bytes[at] ?? NO_BYTE
    // `require()` of nothing, and the numbers of bundlers.
    if (code === CLOSE || (code >= 48 && code <= 57)) return
    const end = literal(at)
    const after = end === undefined ? undefined : bytes[afterSpace(bytes, end)]
    if (after !== CLOSE && after !== COMMA) computedAt.push(at)
  }

  /** Index after the text that begins here. */
  function literal(at: number): number | undefined {
    const quote = bytes[at]
    if (quote !== QUOTE && quote !== APOSTROPHE && quote !== BACKTICK) return undefined
    const end = bytes.indexOf(quote, at + 1)
    if (end === -1 || end - at > LONGEST_NAME) return undefined
    const name = bytes.toString('latin1', at + 1, end)
    if (quote === BACKTICK && name.includes('${')) return undefined
    names.add(name)
    return end + 1
  }
}

function isWord(code = NO_BYTE): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  )
}

function afterSpace(bytes: Buffer, from: number): number {
  let at = from
  while ((bytes[at] ?? NO_BYTE) <= SPACE) at++
  return at
}
