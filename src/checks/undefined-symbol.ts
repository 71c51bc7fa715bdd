import { imports } from '../inspect/symbol-table.ts'
import type { UndefinedSymbol } from '../loader/load-result.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import { owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { definitionsIn } from './native/definitions.ts'
import type { Lack } from './native/lacks.ts'
import { otherSystem } from './native/other-system.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { reinstall } from './native/reinstall.ts'
import { breaks } from './native/verdict.ts'
import { ofAnyVersion } from './python/pip-install.ts'

const ID = 'undefined-symbol'

type Undefined = Lack<UndefinedSymbol>

export const undefinedSymbol: Check = {
  id: ID,
  title: 'Libraries define the symbols that native code needs of them',
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)) }
  },
}

/**
 * Only where the runtime was read and everything else of the load is well: a library that is missing or too old explains
 * its symbols. What is defined somewhere in the system may be in the process by then: a module that is imported before may share it.
 */
function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  if (view.confidence !== 'proven') return []
  const ownerOf = owners(subject.artifact)
  const lacks = nativeLoads(subject, view)
    .filter((load) => load.need === 'required' && isWell(load) && !otherSystem(load, subject, view))
    .flatMap((load) => load.result.undefinedSymbols.map((lack): Undefined => ({ load, lack })))
    .filter(({ load, lack }) => isReported(load, lack))
  const definitions = definitionsIn(view, subject.plan.architecture)
  const isCertain = ({ load, lack }: Undefined): boolean =>
    failsAtLoad(load, lack) && (isOfPython(load, lack) || definitions.isNowhere(lack.symbol))
  const causes = groupBy(
    lacks,
    (one) => `${isCertain(one)} ${causeKey(one.lack.neededBy.path, ownerOf(one.lack.neededBy.path))}`,
  )
  return [...causes.values()].map((cause) => finding(cause, cause.every(isCertain), subject, view))
}

function isWell({ result }: NativeLoad): boolean {
  return (
    result.refused === undefined && result.missing.length === 0 && result.unmet.length === 0 && result.open.length === 0
  )
}

/** V8's and Node's own symbols have rules of their own; what a library wants of its loader cannot be told from it alone. */
function isReported({ by }: NativeLoad, { symbol }: UndefinedSymbol): boolean {
  if (by === 'node') return !/^(?:_ZN?K?2v8|_ZN?K?4node|_ZT[ISV]N?2v8|_ZT[ISV]N?4node|napi_|node_|uv_|nm_)/.test(symbol)
  return by === 'python' || by === 'program'
}

/** Python opens modules with RTLD_NOW. Elsewhere what is only called is looked up at its first call, unless linked so. */
function failsAtLoad({ by }: NativeLoad, { symbol, neededBy }: UndefinedSymbol): boolean {
  if (by === 'python' || neededBy.bindNow === true) return true
  return imports(neededBy).some(({ name, atCall }) => name === symbol && !atCall)
}

/** Python's own symbols come from nowhere but the interpreter that runs. */
function isOfPython({ by }: NativeLoad, { symbol }: UndefinedSymbol): boolean {
  return by === 'python' && /^_?Py[A-Z_]/.test(symbol)
}

function finding(cause: readonly Undefined[], certain: boolean, subject: Subject, view: RuntimeView): Finding {
  const [first] = cause
  const paths = [...new Set(cause.map(({ lack }) => lack.neededBy.path))]
  const symbols = [
    ...new Set(cause.map(({ lack: { symbol, version } }) => (version ? `${symbol}@${version}` : symbol))),
  ]
  const owner = owners(subject.artifact)(paths[0] ?? '')
  const { what, ...name } = nameFiles(paths, owner)
  const named = symbols.slice(0, 3).map(code).join(', ')
  const more = symbols.length > 3 ? ` and ${symbols.length - 3} more` : ''
  const them = symbols.length === 1 ? 'it' : 'them'
  const consequence = certain
    ? `loading fails with \`undefined symbol: ${symbols[0]?.split('@')[0]}\` (${first?.load.because})`
    : `the first use of ${them} fails, unless something that is loaded before defines ${them}`
  return {
    rule: ID,
    ...name,
    level: certain ? 'error' : 'warning',
    ...(certain ? breaks(cause.map(({ load }) => load)) : {}),
    confidence: certain ? view.confidence : 'heuristic',
    message: `${what} ${paths.length === 1 ? 'needs' : 'need'} ${named}${more}, which nothing in the process defines: ${consequence}`,
    expected: `a library of the process that defines ${them}`,
    actual: `${named}${more} undefined`,
    help: `It was built against another version of the library that defines ${them}: install the build for this runtime.\n${reinstall(paths[0] ?? '', owner && ofAnyVersion(owner), subject, view)}`,
    ...examplesOf(paths),
  }
}
