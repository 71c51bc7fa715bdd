import type { UndefinedSymbol } from '../loader/load-result.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import { owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { otherSystem } from './native/other-system.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { reinstall } from './native/reinstall.ts'

const ID = 'undefined-symbol'

type Lack = { readonly load: NativeLoad; readonly lack: UndefinedSymbol }

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
 * its symbols. Python asks for all symbols at once; Node and programs at the first call, which may never come.
 */
function judge(subject: Subject, view: RuntimeView): readonly Finding[] {
  if (view.confidence !== 'proven') return []
  const ownerOf = owners(subject.artifact)
  const lacks = nativeLoads(subject, view)
    .filter((load) => load.need === 'required' && isWell(load) && !otherSystem(load, subject, view))
    .flatMap((load) => load.result.undefinedSymbols.map((lack): Lack => ({ load, lack })))
    .filter(({ load, lack }) => isReported(load, lack))
  const causes = groupBy(lacks, ({ load, lack: { symbol, neededBy } }) => {
    const sure = isCertain(load, symbol)
    return `${sure} ${causeKey(neededBy.path, ownerOf(neededBy.path))}`
  })
  return [...causes.values()].map((cause) => finding(cause, subject, view))
}

function isWell({ result }: NativeLoad): boolean {
  return (
    result.refused === undefined && result.missing.length === 0 && result.unmet.length === 0 && result.open.length === 0
  )
}

/** V8's and Node's own symbols have rules of their own; what a library wants of its loader cannot be told from it alone. */
function isReported({ by }: NativeLoad, { symbol }: UndefinedSymbol): boolean {
  if (by === 'node') return !/^(?:_ZNK?2v8|_ZNK?4node|napi_|node_|uv_|nm_)/.test(symbol)
  return by === 'python' || by === 'program'
}

/** Python's own symbols come from nowhere but the interpreter; others may be brought by a module that is loaded before. */
function isCertain({ by }: NativeLoad, symbol: string): boolean {
  return by === 'python' && /^_?Py[A-Z_]/.test(symbol)
}

function finding(cause: readonly Lack[], subject: Subject, view: RuntimeView): Finding {
  const [first] = cause
  const paths = [...new Set(cause.map(({ lack }) => lack.neededBy.path))]
  const symbols = [
    ...new Set(cause.map(({ lack: { symbol, version } }) => (version ? `${symbol}@${version}` : symbol))),
  ]
  const owner = owners(subject.artifact)(paths[0] ?? '')
  const { what, ...name } = nameFiles(paths, owner)
  const certain = first !== undefined && isCertain(first.load, first.lack.symbol)
  const named = symbols.slice(0, 3).map(code).join(', ')
  const more = symbols.length > 3 ? ` and ${symbols.length - 3} more` : ''
  const consequence = certain
    ? `the import fails (${first.load.because})`
    : 'it fails when one of them is called, unless something that is loaded before defines them'
  return {
    rule: ID,
    ...name,
    level: certain ? 'error' : 'warning',
    confidence: certain ? view.confidence : 'heuristic',
    message: `${what} ${paths.length === 1 ? 'needs' : 'need'} ${named}${more}, which nothing in the process defines: ${consequence}`,
    expected: certain ? `a file for ${code(view.runtime?.id ?? 'this Python')}` : 'a library that defines them',
    actual: `${named}${more} undefined`,
    help: `It was built against another version of what defines them: install the build for this runtime.\n${reinstall(paths[0] ?? '', owner, subject, view)}`,
    ...examplesOf(paths),
  }
}
