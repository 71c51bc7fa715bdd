import { ownValue } from '../../own-value.ts'

/** A name, number, string with its quotes, or operator of an expression. */
export type Token = string

/** `import sys as _sys`. */
const PRIVATE: Readonly<Record<string, string>> = { _sys: 'sys', _os: 'os', _platform: 'platform' }
const TOKEN =
  /\s+|(?<string>[rbuRBU]{0,2}(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))|(?<name>[A-Za-z_]\w*)|(?<number>\d+)|(?<operator>\*\*|[<>=!]=|[-+*/%<>()[\]{},.:|&~@^])/gy

export function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  const clean = text.replace(/\\\r?\n/g, ' ').replace(/#[^\n]*\n/g, '\n')
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < clean.length) {
    const match = TOKEN.exec(clean)
    if (match === null) return undefined
    if (match[0].trim() !== '') tokens.push(ownValue(PRIVATE, match[0]) ?? match[0])
  }
  return tokens
}

export function stringLiteral(token: string): string | undefined {
  return /^[rbuRBU]{0,2}(["'])(.*)\1$/s.exec(token)?.[2]
}

export function split(tokens: readonly Token[], word: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if ('([{'.includes(token)) depth++
    if (')]}'.includes(token)) depth--
    if (depth === 0 && token === word) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

export function topLevel(tokens: readonly Token[], wanted: (token: Token) => boolean): number {
  let depth = 0
  return tokens.findIndex((token) => {
    if ('([{'.includes(token)) depth++
    if (')]}'.includes(token)) depth--
    return depth === 0 && wanted(token)
  })
}

export function closing(tokens: readonly Token[], from: number): number {
  let depth = 0
  for (let at = from; at < tokens.length; at++) {
    if ('([{'.includes(tokens[at] ?? '')) depth++
    if (')]}'.includes(tokens[at] ?? '') && --depth === 0) return at
  }
  return -1
}
