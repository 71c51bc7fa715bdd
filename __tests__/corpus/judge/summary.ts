import type { Comparison, Outcome } from './comparison.ts'

const OUTCOMES: readonly Outcome[] = ['agree', 'missed', 'false', 'lazy-silent']

/** One line per runtime and per variant, and all together: counts, and the share that agrees (a lazy one without a warning too: it can be loaded). */
export function summary(comparisons: readonly Comparison[]): readonly string[] {
  const [runtime, variant] = [(id: string) => id.split('/')[0] ?? '', (id: string) => id.split('/').at(-1) ?? '']
  const groups = new Map<string, Comparison[]>()
  for (const one of comparisons) {
    for (const name of [runtime(one.id), `  ${variant(one.id)}`, 'all']) {
      groups.set(name, [...(groups.get(name) ?? []), one])
    }
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, ones]) => {
      const counts = OUTCOMES.map((outcome) => ones.filter((one) => one.outcome === outcome).length)
      const agree = ones.filter(({ outcome }) => outcome === 'agree' || outcome === 'lazy-silent').length
      const share = `${((100 * agree) / ones.length).toFixed(1)} %`
      return `${name.padEnd(30)} ${String(ones.length).padStart(5)} installs  ${OUTCOMES.map((outcome, index) => `${outcome} ${counts[index]}`).join('  ')}  ${share}`
    })
}
