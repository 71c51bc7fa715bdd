/** What is known of a condition before the script runs: on Linux, in Node.js, outside of bundlers and Electron. */
export type Verdict = 'true' | 'false' | 'unknown'

const DEFINED = /^(?:require|module|exports|process|global|globalThis|Buffer)$/
const NOT_DEFINED = /^(?:window|document|define|Deno|Bun|__webpack_require__|__non_webpack_require__|importScripts)$/

/** `condition`: its tokens without spaces, texts in double quotes. */
export function conditionVerdict(condition: string): Verdict {
  const text = withoutParentheses(condition)
  const alternatives = split(text, '||')
  if (alternatives.length > 1) return any(alternatives.map(conditionVerdict))
  const conjuncts = split(text, '&&')
  if (conjuncts.length > 1) return negated(any(conjuncts.map((one) => negated(conditionVerdict(one)))))
  if (text.startsWith('!') && !text.startsWith('!=')) return negated(conditionVerdict(text.slice(1)))
  return atom(text)
}

/** The processors (`x64`) for which a condition can hold; absent: it does not say. */
export function conditionArchitecture(condition: string): string | undefined {
  if (condition.includes('||') || condition.includes('!')) return undefined
  return /(?:^|[.&(])arch(?:\(\))?===?"(\w+)"/.exec(condition)?.[1]
}

function atom(text: string): Verdict {
  const platform = /^(?:[\w.]+\.)?platform(?:\(\))?(===?|!==?)"(\w+)"$/.exec(text)
  if (platform !== null) return equality(platform[1], platform[2] === 'linux')
  const kind = /^typeof(\w+)(===?|!==?)"(\w+)"$/.exec(text)
  if (kind !== null) {
    const [, name = '', operator, type] = kind
    if (NOT_DEFINED.test(name)) return equality(operator, type === 'undefined')
    if (DEFINED.test(name)) return type === 'undefined' ? equality(operator, false) : equality(operator, true)
    return 'unknown'
  }
  if (/^is_?(?:win(?:dows|32)?|mac(?:os)?|darwin|osx|electron|bun|deno|browser)(?:\(\))?$/i.test(text)) return 'false'
  if (/^is_?(?:linux|node(?:js)?)(?:\(\))?$/i.test(text)) return 'true'
  if (/^process\.env\.(?!NODE_ENV|AWS_|LAMBDA_|PATH|HOME|LANG|TZ)\w+$/.test(text)) return 'false'
  if (/^process\.(?:versions(?:\.(?:electron|bun|nw|webcontainer)|\["(?:electron|bun|nw)"\])|isBun|pkg)$/.test(text))
    return 'false'
  return 'unknown'
}

function equality(operator: string | undefined, equal: boolean): Verdict {
  return operator?.startsWith('!') === equal ? 'false' : 'true'
}

function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('true')) return 'true'
  return verdicts.every((one) => one === 'false') ? 'false' : 'unknown'
}

export function negated(verdict: Verdict): Verdict {
  return verdict === 'unknown' ? 'unknown' : verdict === 'true' ? 'false' : 'true'
}

function split(text: string, operator: '||' | '&&'): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]
    if (mark === '(' || mark === '[' || mark === '{') depth++
    else if (mark === ')' || mark === ']' || mark === '}') depth--
    else if (depth === 0 && text.startsWith(operator, at)) {
      parts.push(text.slice(start, at))
      start = at + 2
      at++
    }
  }
  return [...parts, text.slice(start)]
}

function withoutParentheses(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text
  let depth = 0
  for (let at = 0; at < text.length - 1; at++) {
    if (text[at] === '(') depth++
    if (text[at] === ')' && --depth === 0) return text
  }
  return withoutParentheses(text.slice(1, -1))
}
