import { givesUp } from './gives-up.ts'
import { readStatement } from './import-statements.ts'
import { addLoads, dlopenCall } from './load-arguments.ts'
import { bothCalled, called, type Draft, type LoadReading } from './load-reading.ts'
import { renamedModule } from './load-variables.ts'
import type { LoadKind, NodeScript, ScriptLoad } from './node-file.ts'
import { requireCall, viaLoader } from './require-calls.ts'
import { REQUIRE } from './require-names.ts'
import { type Execution, execution } from './script-execution.ts'
import { scriptNames } from './script-names.ts'
import { scriptStructure } from './script-parser.ts'
import { type Call, SCRIPT } from './script-structure.ts'
import { scriptTokens, type Token } from './script-tokens.ts'

const MOST_LOADS = 400

/** What a script loads, in the order in which it is written. Never throws. */
export function scriptLoads(path: string, source: string): NodeScript | undefined {
  const tokens = scriptTokens(source)
  const structure = scriptStructure(tokens)
  const names = scriptNames(tokens, structure)
  const run = execution(structure)
  const reading: LoadReading = {
    tokens,
    structure,
    names,
    run,
    drafts: [],
    loaders: new Map(),
    modules: new Map(),
    preGyp: false,
  }
  for (const at of structure.statements) readStatement(reading, at)
  for (const call of structure.calls) {
    const close = structure.closers.get(call.open)
    if (close !== undefined) readCall(reading, call, close)
  }
  const loads = reading.drafts.flatMap((draft) => load(draft, run, tokens)).slice(0, MOST_LOADS)
  if (loads.length === 0) return undefined
  const throws = givesUp(reading)
  return {
    kind: 'script',
    path,
    ...(structure.isModule && { esm: true as const }),
    loads,
    ...(throws && { throws: true as const }),
  }
}

function readCall(reading: LoadReading, { name, receiver, open }: Call, close: number): void {
  const { loaders, modules } = reading
  if (/interop|toESM|importDefault|importStar/i.test(name)) renamedModule(reading, open, close)
  if (name === 'dlopen' && receiver === 'process') dlopenCall(reading, open, close)
  else if (name === 'import' && receiver === undefined) addLoads(reading, 'import', open, close)
  else if (REQUIRE.test(name) && (receiver === undefined || receiver === 'module' || receiver === 'exports'))
    requireCall(reading, name, open, close)
  else if (receiver === undefined && loaders.has(name)) addLoads(reading, loaders.get(name) as LoadKind, open, close)
  else if (receiver === undefined && modules.has(name)) bothCalled(reading, modules.get(name) as Draft, name, open)
  else if (receiver !== undefined && modules.has(receiver)) called(reading, modules.get(receiver) as Draft, name, open)
  else if (receiver !== undefined && loaders.has(receiver))
    viaLoader(reading, loaders.get(receiver) as LoadKind, name, open, close)
}

function load(draft: Draft, run: Execution, tokens: readonly Token[]): readonly ScriptLoad[] {
  const place = draft.statement ? SCRIPT : run.placeAt(draft.at)
  if (place.dead) return []
  const state = run.stateOf(place)
  const lazy = state === undefined ? run.namesToReach(place) : undefined
  const guard = state === undefined ? run.guardOf(place) : state.guard
  return [
    {
      kind: draft.kind,
      argument: draft.argument,
      ...(guard === 'none' ? {} : { guard }),
      ...(lazy === undefined ? {} : { lazy }),
      ...(place.conditional || state?.conditional ? { conditional: true as const } : {}),
      ...(draft.alternative || place.catching !== undefined || state?.alternative
        ? { alternative: true as const }
        : {}),
      ...(place.architecture === undefined ? {} : { architecture: place.architecture }),
      ...(draft.calls === undefined ? {} : { calls: draft.calls }),
      line: tokens[draft.at]?.line ?? 0,
    },
  ]
}
