import { satisfies, validRange } from 'semver'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { code, counted } from './facts/wording.ts'
import { type NodeReport, nodeReports } from './node/node-failures.ts'
import { nodeRoots } from './node/node-roots.ts'

const ID = 'node-engines'

export const nodeEngines: Check = {
  id: ID,
  title: "Direct dependencies allow the runtime's Node.js",
  appliesTo: () => true,
  run(subject) {
    return { findings: nodeReports(subject).flatMap((report) => judge(report, subject)) }
  },
}

function judge({ view, tree }: NodeReport, subject: Subject): readonly Finding[] {
  const version = view.tools.node
  if (version === undefined) return []
  // A row of the table knows the release line only; its newest version is what Lambda runs.
  const precise = version.includes('.') ? version : `${version}.999.0`
  const refusing = nodeRoots(subject, tree).flatMap(({ name, facts, folder }) =>
    facts?.engine !== undefined && validRange(facts.engine) !== null && !satisfies(precise, facts.engine)
      ? [{ name, folder: folder ?? name, engine: facts.engine }]
      : [],
  )
  const [first] = refusing
  if (first === undefined) return []
  const named = refusing
    .slice(0, 3)
    .map(({ name, engine }) => `${code(name)} (${code(engine)})`)
    .join(', ')
  return [
    {
      rule: ID,
      level: 'note',
      confidence: 'heuristic',
      subject: refusing.length === 1 ? first.folder : 'node_modules',
      ...(refusing.length === 1 ? { owner: `pkg:npm/${first.name.replace(/^@/, '%40')}` } : {}),
      message: `${counted(refusing.length, 'package does', 'packages do')} not name Node.js ${version} among the versions ${refusing.length === 1 ? 'it supports' : 'they support'}: ${named}${refusing.length > 3 ? ` and ${refusing.length - 3} more` : ''}`,
      expected: `engines that allow Node.js ${version}`,
      actual: refusing
        .slice(0, 3)
        .map(({ engine }) => engine)
        .join(', '),
      help: `Nothing fails for that alone; take versions that are tested with the runtime.\nnpm outdated`,
      ...examplesOf(refusing.map(({ folder }) => folder)),
    },
  ]
}
