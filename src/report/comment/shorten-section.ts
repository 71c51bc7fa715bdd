const NOTE =
  '_Shortened to leave room for the other sections of this comment; the whole report is in the summary of its job._'

/**
 * A section that was rendered elsewhere in at most `budget` characters: its first block, the verdict, then as many of its
 * blocks as fit. Fences, tables and `<details>` are blocks and stay whole. Pure.
 */
export function shortenSection(text: string, budget: number): string {
  if (text.length <= budget) return text
  const [headline = '', ...blocks] = blocksOf(text)
  const kept = [headline]
  let left = budget - headline.length - NOTE.length - 4
  for (const block of blocks) {
    if (block === NOTE || block.length + 2 > left) continue
    kept.push(block)
    left -= block.length + 2
  }
  const shortened = [...kept, NOTE].join('\n\n')
  return shortened.length <= budget ? shortened : clipped(headline, budget)
}

/** Parts between blank lines that stand outside of fences and `<details>`. */
export function blocksOf(text: string): string[] {
  const blocks: string[][] = [[]]
  let fence: string | undefined
  let depth = 0
  for (const line of text.split('\n')) {
    const opened = /^(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence === undefined) {
      // The report's own stand at the beginning of a line; what stands in code is somebody's text.
      if (/^<details[\s>]/.test(line)) depth += 1
      if (line === '</details>') depth -= 1
      if (opened !== undefined) fence = opened
    } else if (line.trimEnd() === fence) fence = undefined
    if (line === '' && fence === undefined && depth <= 0) blocks.push([])
    else blocks.at(-1)?.push(line)
  }
  return blocks.map((lines) => lines.join('\n')).filter((block) => block !== '')
}

/** A headline that is longer than everything it may have: text alone, so that nothing is left open. */
function clipped(headline: string, budget: number): string {
  const [line = ''] = headline.split('\n')
  const text = line.replaceAll(/[`*<>[\]|\\]/g, '')
  return text.length <= budget ? text : `${text.slice(0, Math.max(budget - 1, 0))}…`.slice(0, budget)
}
