/** How much a text may be: GitHub counts characters of a comment, and bytes of a summary. */
export type Budget = { readonly size: number; readonly unit: 'characters' | 'bytes' }

/**
 * A part of the report. It is shown whole, else in its shorter form, else not at all: nothing is ever cut. `keep` says how
 * dear it is (0 goes first, 100 never goes), `keepWhole` how dear its whole form is.
 */
export type Part = {
  readonly text: string
  readonly keep: number
  /** What is said of it when it is left out, in the singular: `warning`. */
  readonly name: string
  readonly short?: string
  readonly keepWhole?: number
  /** Parts beside each other with the same wrapper stand inside of it. */
  readonly within?: Wrapper
}

export type Wrapper = { readonly before: string; readonly after: string; readonly separator: string }

/** What was given up: `3 warnings`, `details of 2 errors`. */
export type LeftOut = { readonly name: string; readonly what: 'whole' | 'details' }

type Shown = 'whole' | 'short' | 'not'
/** A part that dear is never left out. */
const NEVER = 100

/**
 * The parts within the budget, dearest first to stay, with what `note` says of the rest; below that only the parts that
 * never go. Pure.
 */
export function withinBudget(
  parts: readonly Part[],
  budget: Budget,
  note: (leftOut: readonly LeftOut[]) => string,
): string {
  const shown: Shown[] = parts.map(() => 'whole')
  const size = (part: Part, as: Shown) => {
    const text = textOf(part, as)
    return text === '' ? 0 : measure(text, budget) + measure(part.within?.separator ?? '\n\n', budget)
  }
  // Without wrappers and note: while this is too much, what is rendered is.
  let least = parts.reduce((sum, part) => sum + size(part, 'whole'), 0)
  for (const { part, index, to } of steps(parts)) {
    if (least <= budget.size && measure(render(parts, shown, note), budget) <= budget.size) break
    least += size(part, to) - size(part, shown[index] ?? 'not')
    shown[index] = to
  }
  return render(parts, shown, note)
}

type Step = { readonly part: Part; readonly index: number; readonly to: Shown; readonly rank: number }

/** What is given up, first first: the least dear, and of equals the last. */
function steps(parts: readonly Part[]): Step[] {
  const all = parts.flatMap((part, index): Step[] => {
    const { text, short, keep, keepWhole = keep } = part
    if (text === '') return []
    const whole: Step[] = short === undefined ? [] : [{ part, index, to: 'short', rank: Math.min(keep, keepWhole) }]
    return keep >= NEVER ? whole : [...whole, { part, index, to: 'not', rank: keep }]
  })
  return all.sort((a, b) => a.rank - b.rank || b.index - a.index || (a.to === 'short' ? -1 : 1))
}

function render(
  parts: readonly Part[],
  shown: readonly Shown[],
  note: (leftOut: readonly LeftOut[]) => string,
): string {
  const blocks: { within: Wrapper | undefined; texts: string[] }[] = []
  parts.forEach((part, index) => {
    const text = textOf(part, shown[index] ?? 'not')
    if (text === '') return
    const last = blocks.at(-1)
    if (part.within !== undefined && last?.within === part.within) last.texts.push(text)
    else blocks.push({ within: part.within, texts: [text] })
  })
  const bodies = blocks.map(({ within, texts }) =>
    within === undefined ? texts.join('\n\n') : `${within.before}${texts.join(within.separator)}${within.after}`,
  )
  const leftOut = parts.flatMap((part, index): LeftOut[] => {
    if (part.text === '' || shown[index] === 'whole') return []
    return [{ name: part.name, what: shown[index] === 'short' ? 'details' : 'whole' }]
  })
  return `${[...bodies, ...(leftOut.length === 0 ? [] : [note(leftOut)])].join('\n\n')}\n`
}

function textOf({ text, short = '' }: Part, as: Shown): string {
  return as === 'whole' ? text : as === 'short' ? short : ''
}

function measure(text: string, { unit }: Budget): number {
  return unit === 'bytes' ? Buffer.byteLength(text) : text.length
}
