import { RUNTIMES } from '../lambda/runtimes.ts'
import type { Check, Finding, Subject } from './check.ts'
import { code } from './facts/wording.ts'
import { addonsForOtherNode } from './node/addons-for-other-node.ts'
import { type NodeReport, nodeReports } from './node/node-failures.ts'
import { unknownSymbolFindings } from './node/unknown-symbol-findings.ts'

const ID = 'node-napi'
const NODE_API = /^(?:napi|node_api)_/

export const nodeNapi: Check = {
  id: ID,
  title: "Addons use no newer Node-API than the runtime's",
  appliesTo: () => true,
  run(subject) {
    const unknown = unknownSymbolFindings(ID, NODE_API, subject, (name, { symbols, consequence }, { view }) => ({
      message: `${code(name)} uses Node-API functions that ${view.tools.node === undefined ? 'the runtime' : `Node.js ${view.tools.node}`} does not have: ${symbols.slice(0, 3).map(code).join(', ')}; ${consequence}`,
      expected: 'functions of the Node-API version of the runtime',
      actual: symbols.slice(0, 5).join(', '),
      help: newerNode(name),
    }))
    const newer = nodeReports(subject).flatMap((report) => refused(report, subject))
    return { ...unknown, findings: [...unknown.findings, ...newer] }
  },
}

/** Built for a Node-API that came later: Node.js ends, caught or not. */
function refused(report: NodeReport, subject: Subject): readonly Finding[] {
  const { node: version } = report.view.tools
  const node = version === undefined ? 'the Node.js of the runtime' : `Node.js ${version}`
  return addonsForOtherNode(ID, 'node-api', report, subject, (own, { built, wanted }) => ({
    message: `${code(own.name)} was built for Node-API ${built}, and ${node} has versions up to ${wanted}: the process ends with a segmentation fault when the addon is loaded`,
    expected: `Node-API ${wanted} or older`,
    actual: `Node-API ${built}`,
    help: newerNode(own.name, built),
  }))
}

/** `nodeApi`: that of the addon, as far as it is known. */
function newerNode(name: string, nodeApi = Number.POSITIVE_INFINITY): string {
  const oldest = RUNTIMES.findLast((one) => 'nodeApi' in one && one.nodeApi >= nodeApi)
  const such = oldest === undefined ? '' : ` (${code(oldest.id)} and later)`
  return `Take a runtime with a newer Node.js${such}, or a version of the package that is built for this one.\nnpm view ${name} versions engines`
}
