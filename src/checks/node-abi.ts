import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { code } from './facts/wording.ts'
import { otherLanguage } from './native/other-language.ts'
import { type NodeReport, nodeReports } from './node/node-failures.ts'
import { rebuild } from './node/npm-remedy.ts'
import { packageOf } from './node/package-findings.ts'

const ID = 'node-abi'

export const nodeAbi: Check = {
  id: ID,
  title: "Addons are compiled for the runtime's Node.js",
  appliesTo: () => true,
  run(subject) {
    const reports = nodeReports(subject)
    const open = reports.some(({ uses, tree }) => uses.length > 0 && tree.abi === undefined)
    return {
      findings: reports.flatMap((report) => judge(report, subject)),
      ...(open ? { notChecked: 'which Node.js runs the function is not known' } : {}),
    }
  },
}

function judge({ uses, view }: NodeReport, subject: Subject): readonly Finding[] {
  const wrong = uses.flatMap(({ addon, isNeeded }) =>
    !addon.ok && addon.why.kind === 'abi' ? [{ path: addon.path, why: addon.why, isNeeded }] : [],
  )
  return [...groupBy(wrong, ({ path }) => packageOf(path, subject).folder).values()].flatMap((same): Finding[] => {
    const [first] = same
    if (first === undefined) return []
    const own = packageOf(first.path, subject)
    const certain = same.some(({ isNeeded }) => isNeeded)
    const { built, wanted } = first.why
    return [
      {
        rule: ID,
        level: certain ? 'error' : 'warning',
        confidence: certain ? view.confidence : 'heuristic',
        subject: first.path,
        ...(own.purl === undefined ? {} : { owner: own.purl }),
        message: `${code(own.name)} was compiled for ${nodeOf(built)}: ${nodeOf(wanted)} refuses it (\`NODE_MODULE_VERSION ${built}\`)${certain ? '' : '; what loads it goes on without it'}`,
        expected: `NODE_MODULE_VERSION ${wanted}`,
        actual: `NODE_MODULE_VERSION ${built}`,
        help: otherNode(built, subject) ?? rebuild(subject, own.name),
        ...examplesOf([...new Set(same.map(({ path }) => path))]),
      },
    ]
  })
}

/** The stage that compiled it has the Node.js that it is for. */
function otherNode(abi: number, subject: Subject): string | undefined {
  const release = RELEASES[abi]
  return release === undefined ? undefined : otherLanguage('node', `${release}`, subject)
}

const RELEASES: Readonly<Record<number, number>> = { 83: 14, 93: 16, 108: 18, 115: 20, 127: 22, 137: 24 }

function nodeOf(abi: number): string {
  return RELEASES[abi] === undefined ? `module version ${abi}` : `Node.js ${RELEASES[abi]}`
}
