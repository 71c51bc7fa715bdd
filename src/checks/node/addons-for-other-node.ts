import type { Finding, Subject } from '../check.ts'
import { examplesOf, groupBy } from '../facts/examples.ts'
import type { NodeReport } from './node-failures.ts'
import { type Package, packageOf } from './package-findings.ts'

/** Versions of what an addon was built for, and of what the runtime has. */
export type Versions = { readonly built: number; readonly wanted: number }

/** What a rule says of a package; `certain`: something cannot do without its addon. */
export type Words = (
  own: Package,
  versions: Versions,
  certain: boolean,
) => Pick<Finding, 'message' | 'expected' | 'actual' | 'help'>

/** Addons that state a version of Node.js or of Node-API that the runtime's refuses: one finding for each package. */
export function addonsForOtherNode(
  rule: string,
  kind: 'abi' | 'node-api',
  { uses, view }: NodeReport,
  subject: Subject,
  words: Words,
): readonly Finding[] {
  const wrong = uses.flatMap(({ addon, isNeeded }) =>
    !addon.ok && addon.why.kind === kind ? [{ path: addon.path, why: addon.why as Versions, isNeeded }] : [],
  )
  return [...groupBy(wrong, ({ path }) => packageOf(path, subject).folder).values()].flatMap((same): Finding[] => {
    const [first] = same
    if (first === undefined) return []
    const own = packageOf(first.path, subject)
    const certain = same.some(({ isNeeded }) => isNeeded)
    return [
      {
        rule,
        level: certain ? 'error' : 'warning',
        confidence: certain ? view.confidence : 'heuristic',
        subject: first.path,
        ...(own.purl === undefined ? {} : { owner: own.purl }),
        ...words(own, first.why, certain),
        ...examplesOf([...new Set(same.map(({ path }) => path))]),
      },
    ]
  })
}
