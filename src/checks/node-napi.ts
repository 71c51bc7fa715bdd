import type { Check, Finding, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { code } from './facts/wording.ts'
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
      findings: reports.flatMap((report) => judge(report, subject)),
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
      help: `Take a runtime with a newer Node.js, or a version of the package that is built for this one.\nnpm view ${own.name} versions engines`,
      ...examplesOf([file.path]),
    }
  })
}
