import { bind, type Draft, type LoadReading } from './load-reading.ts'
import type { Token } from './script-tokens.ts'

/** `import … from 'x'`, `export … from 'x'`, `import 'x'`. */
export function readStatement(reading: LoadReading, at: number): void {
  const { tokens } = reading
  if (tokens[at + 1]?.value === 'type' && tokens[at + 1]?.type === 'name' && tokens[at + 2]?.value !== 'from') return
  for (let next = at + 1; next < Math.min(at + 2000, tokens.length); next++) {
    const token = tokens[next] as Token
    if (token.type === 'text') {
      const before = tokens[next - 1] as Token
      if (before.value !== 'from' && next !== at + 1) return
      const draft: Draft = { kind: 'import', argument: token.value, at, alternative: false, statement: true }
      reading.drafts.push(draft)
      for (const one of tokens.slice(at + 1, next)) if (one.type === 'name') bind(reading, one.value, draft)
      return
    }
    if (token.type === 'punctuation' && !/^[{},*]$/.test(token.value)) return
    if (token.type === 'name' && /^(?:const|let|var|function|class|default|async)$/.test(token.value)) return
  }
}
