import type { Check, Subject } from '../check.ts'
import { type RuntimeView, runtimeViews } from '../facts/runtime-view.ts'
import { code } from '../facts/wording.ts'
import type { GroundedFinding } from '../grounds.ts'

type Runtime = Pick<RuntimeView, 'runtime' | 'reference'>
type Judged = { readonly runtime: Runtime; readonly findings: readonly GroundedFinding[] }

/** Findings of each runtime: what holds in all of them is said once, what does not with the runtimes' names. */
export function acrossRuntimes(
  subject: Subject,
  judge: (view: RuntimeView) => readonly GroundedFinding[],
): readonly GroundedFinding[] {
  return merged(runtimeViews(subject).map((view) => ({ runtime: view, findings: judge(view) })))
}

/** The same for a rule that compares with one runtime: a layer is judged against each that it promises. */
export function forEachRuntime(subject: Subject, judge: Check['run']): ReturnType<Check['run']> {
  if (subject.plan.kind === 'image' || subject.runtimes.length < 2) return judge(subject)
  const judged = subject.runtimes.map((runtime) => ({ runtime, ...judge({ ...subject, runtimes: [runtime] }) }))
  const open = new Set(judged.flatMap(({ notChecked }) => notChecked ?? []))
  return { findings: merged(judged), ...(open.size === 0 ? {} : { notChecked: [...open].join('; ') }) }
}

function merged(judged: readonly Judged[]): readonly GroundedFinding[] {
  const seen = new Map<string, { finding: GroundedFinding; readonly in: Runtime[] }>()
  for (const { runtime, findings } of judged) {
    for (const finding of findings) {
      // Remedies and folders name the runtime, and not every runtime's image was read; what is wrong is the same.
      const { help: _, expected: __, confidence: ___, grounds: ____, ...same } = finding
      const key = JSON.stringify(same)
      const before = seen.get(key)
      if (before === undefined) seen.set(key, { finding, in: [runtime] })
      else {
        before.in.push(runtime)
        // No surer than where least is known.
        if (SURENESS[finding.confidence] < SURENESS[before.finding.confidence]) before.finding = finding
      }
    }
  }
  return [...seen.values()].map(({ finding, in: found }) =>
    found.length === judged.length ? finding : inSome(finding, found.map(nameOf)),
  )
}

const SURENESS: Readonly<Record<GroundedFinding['confidence'], number>> = { heuristic: 0, table: 1, proven: 2 }

function inSome(finding: GroundedFinding, runtimes: readonly string[]): GroundedFinding {
  return { ...finding, runtimes, message: `On ${runtimes.map(code).join(', ')}: ${finding.message}` }
}

function nameOf({ runtime, reference }: Runtime): string {
  return runtime?.id ?? reference
}
