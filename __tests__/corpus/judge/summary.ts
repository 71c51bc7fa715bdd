import type { Comparison, Outcome } from './comparison.ts'

const OUTCOMES: readonly Outcome[] = ['agree', 'missed', 'false']

/** One line per runtime, per variant and per class, and all together: counts, and the share that agrees. */
export function summary(comparisons: readonly Comparison[]): readonly string[] {
  const [runtime, variant] = [(id: string) => id.split('/')[0] ?? '', (id: string) => id.split('/').at(-1) ?? '']
  const groups = new Map<string, Comparison[]>()
  for (const one of comparisons) {
    for (const name of [runtime(one.id), `  ${variant(one.id)}`, `really ${one.reality}`, 'all']) {
      groups.set(name, [...(groups.get(name) ?? []), one])
    }
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, ones]) => {
      const counts = OUTCOMES.map((outcome) => ones.filter((one) => one.outcome === outcome).length)
      const share = `${((100 * (counts[0] ?? 0)) / ones.length).toFixed(1)} %`
      return `${name.padEnd(30)} ${String(ones.length).padStart(5)} installs  ${OUTCOMES.map((outcome, index) => `${outcome} ${counts[index]}`).join('  ')}  ${share}`
    })
}
