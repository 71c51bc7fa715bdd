import { RUNTIMES } from '../lambda/runtimes.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { code } from './facts/wording.ts'
import { addonsForOtherNode } from './node/addons-for-other-node.ts'
import { type NodeReport, nodeReports } from './node/node-failures.ts'
import { unknownSymbols } from './node/node-symbols.ts'
import { packageOf } from './node/package-findings.ts'

const ID = 'node-napi'
const NODE_API = /^(?:napi|node_api)_/

export const nodeNapi: Check = {
  id: ID,
  title: "Addons use no newer Node-API than the runtime's",
  appliesTo: () => true,
  run(subject) {
    const reports = nodeReports(subject).filter(({ uses }) => uses.length > 0)
    const open = reports
      .filter((report) => unknownSymbols(report, NODE_API) === undefined)
      .map(({ view }) => view.reference)
    return {
      findings: reports.flatMap((report) => [...judge(report, subject), ...refused(report, subject)]),
      ...(open.length === 0 ? {} : { notChecked: `what node exports in ${open.join(', ')} was not read` }),
    }
  },
}

function judge(report: NodeReport, subject: Subject): readonly Finding[] {
  return (unknownSymbols(report, NODE_API) ?? []).map(({ file, isNeeded, atLoad, symbols }): Finding => {
    const own = packageOf(file.path, subject)
    const certain = isNeeded && atLoad
    const node = report.view.tools.node
    return {
      rule: ID,
      level: certain ? 'error' : 'warning',
      confidence: certain ? report.view.confidence : 'heuristic',
      subject: file.path,
      ...(own.purl === undefined ? {} : { owner: own.purl }),
      message: `${code(own.name)} uses Node-API functions that ${node === undefined ? 'the runtime' : `Node.js ${node}`} does not have: ${symbols.slice(0, 3).map(code).join(', ')}; ${atLoad ? 'it cannot be loaded' : 'the first call of one ends the process'}`,
      expected: 'functions of the Node-API version of the runtime',
      actual: symbols.slice(0, 5).join(', '),
      help: newerNode(own.name),
      ...examplesOf([file.path]),
    }
  })
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
