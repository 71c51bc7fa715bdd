import type { Check } from './check.ts'
import { code, counted } from './facts/wording.ts'
import { rebuild } from './node/npm-remedy.ts'
import { unknownSymbolFindings } from './node/unknown-symbol-findings.ts'

const ID = 'node-v8-symbol'
/** Mangled names of namespaces `v8` and `node`, virtual tables and type information included. */
const V8 = /^_Z(?:T[VISC])?N?[KV]*(?:2v8|4node)/

export const nodeV8Symbol: Check = {
  id: ID,
  title: "Addons use no V8 functions that the runtime's Node.js lacks",
  appliesTo: () => true,
  run(subject) {
    return unknownSymbolFindings(ID, V8, subject, (name, { symbols, consequence }) => ({
      message: `${code(name)} was compiled for another Node.js: ${counted(symbols.length, 'function')} of V8 or Node.js that it uses ${symbols.length === 1 ? 'is' : 'are'} not in the runtime's; ${consequence}`,
      expected: 'symbols that node exports',
      actual: symbols.slice(0, 3).join(', '),
      help: rebuild(subject, name),
    }))
  },
}
