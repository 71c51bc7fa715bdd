import type { Check, Finding, Subject } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { code, counted } from './facts/wording.ts'
import { type NodeReport, nodeReports } from './node/node-failures.ts'
import { unknownSymbols } from './node/node-symbols.ts'
import { rebuild } from './node/npm-remedy.ts'
import { packageOf } from './node/package-findings.ts'

const ID = 'node-v8-symbol'
/** Mangled names of namespaces `v8` and `node`, virtual tables and type information included. */
const V8 = /^_Z(?:T[VISC])?N?[KV]*(?:2v8|4node)/

export const nodeV8Symbol: Check = {
  id: ID,
  title: "Addons use no V8 functions that the runtime's Node.js lacks",
  appliesTo: () => true,
  run(subject) {
    const reports = nodeReports(subject).filter(({ uses }) => uses.length > 0)
    const open = reports.filter((report) => unknownSymbols(report, V8) === undefined).map(({ view }) => view.reference)
    return {
      findings: reports.flatMap((report) => judge(report, subject)),
      ...(open.length === 0 ? {} : { notChecked: `what node exports in ${open.join(', ')} was not read` }),
    }
  },
}

function judge(report: NodeReport, subject: Subject): readonly Finding[] {
  return (unknownSymbols(report, V8) ?? []).map(({ file, isNeeded, atLoad, symbols }): Finding => {
    const own = packageOf(file.path, subject)
    const certain = isNeeded && atLoad
    return {
      rule: ID,
      level: certain ? 'error' : 'warning',
      confidence: certain ? report.view.confidence : 'heuristic',
      subject: file.path,
      ...(own.purl === undefined ? {} : { owner: own.purl }),
      message: `${code(own.name)} was compiled for another Node.js: ${counted(symbols.length, 'function')} of V8 or Node.js that it uses ${symbols.length === 1 ? 'is' : 'are'} not in the runtime's; ${atLoad ? 'it cannot be loaded' : 'the first call of one ends the process'}`,
      expected: 'symbols that node exports',
      actual: symbols.slice(0, 3).join(', '),
      help: rebuild(subject, own.name),
      ...examplesOf([file.path]),
    }
  })
}
