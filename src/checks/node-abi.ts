import type { Check, Finding, Subject } from './check.ts'
import { code } from './facts/wording.ts'
import { otherLanguage } from './native/other-language.ts'
import { addonsForOtherNode } from './node/addons-for-other-node.ts'
import { type NodeReport, nodeReports } from './node/node-failures.ts'
import { rebuild } from './node/npm-remedy.ts'

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

function judge(report: NodeReport, subject: Subject): readonly Finding[] {
  return addonsForOtherNode(ID, 'abi', report, subject, (own, { built, wanted }, certain) => ({
    message: `${code(own.name)} was compiled for ${nodeOf(built)}: ${nodeOf(wanted)} refuses it (\`NODE_MODULE_VERSION ${built}\`)${certain ? '' : '; what loads it goes on without it'}`,
    expected: `NODE_MODULE_VERSION ${wanted}`,
    actual: `NODE_MODULE_VERSION ${built}`,
    help: otherNode(built, subject) ?? rebuild(subject, own.name),
  }))
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
