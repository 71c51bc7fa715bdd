/** One item per line; blank lines and lines that begin with `#` are ignored, commas separate too. */
export function commaItems(text: string): string[] {
  return lineItems(text).flatMap((line) =>
    line
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
}

/** One item per line; blank lines and lines that begin with `#` are ignored, commas belong to the item. */
export function lineItems(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/**
 * As docker/build-push-action reads `secrets` and `build-args`: one item per line, but an item that begins with a
 * double quote runs to the closing one, over line breaks, and `""` in it stands for one. An unclosed quote is `undefined`.
 */
export function quotableItems(text: string): string[] | undefined {
  const items: string[] = []
  let rest = text.replaceAll('\r\n', '\n')
  while (rest !== '') {
    const lineEnd = rest.indexOf('\n')
    const line = (lineEnd === -1 ? rest : rest.slice(0, lineEnd)).trim()
    if (line.startsWith('"')) {
      const quoted = QUOTED.exec(rest)
      if (quoted?.[1] === undefined) return undefined
      items.push(quoted[1].replaceAll('""', '"'))
      rest = rest.slice(quoted[0].length)
      continue
    }
    if (line !== '' && !line.startsWith('#')) items.push(line)
    rest = lineEnd === -1 ? '' : rest.slice(lineEnd + 1)
  }
  return items
}

const QUOTED = /^\s*"((?:[^"]|"")*)"[^\S\n]*(?:\n|$)/
