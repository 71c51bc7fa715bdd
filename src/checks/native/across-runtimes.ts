import type { Finding, Subject } from '../check.ts'
import { type RuntimeView, runtimeViews } from '../facts/runtime-view.ts'
import { code } from '../facts/wording.ts'

/** Findings of each runtime: what holds in all of them is said once, what does not with the runtimes' names. */
export function acrossRuntimes(subject: Subject, judge: (view: RuntimeView) => readonly Finding[]): readonly Finding[] {
  const views = runtimeViews(subject)
  const seen = new Map<string, { finding: Finding; readonly in: RuntimeView[] }>()
  for (const view of views) {
    for (const finding of judge(view)) {
      // Remedies and folders name the runtime, and not every runtime's image was read; what is wrong is the same.
      const { help: _, expected: __, confidence: ___, ...same } = finding
      const key = JSON.stringify(same)
      const before = seen.get(key)
      if (before === undefined) seen.set(key, { finding, in: [view] })
      else {
        before.in.push(view)
        // No surer than where least is known.
        if (SURENESS[finding.confidence] < SURENESS[before.finding.confidence]) before.finding = finding
      }
    }
  }
  return [...seen.values()].map(({ finding, in: found }) =>
    found.length === views.length
      ? finding
      : { ...finding, message: `On ${found.map(nameOf).join(', ')}: ${finding.message}` },
  )
}

const SURENESS: Readonly<Record<Finding['confidence'], number>> = { heuristic: 0, table: 1, proven: 2 }

function nameOf({ runtime, reference }: RuntimeView): string {
  return code(runtime?.id ?? reference)
}
