import { endOfExpression, splitTop } from './expression-ranges.ts'
import type { LoadKind, NodeScript, ScriptLoad } from './node-file.ts'
import { LOADERS, REQUIRE } from './require-names.ts'
import { type Execution, execution } from './script-execution.ts'
import { scriptNames } from './script-names.ts'
import { scriptStructure } from './script-parser.ts'
import { SCRIPT } from './script-structure.ts'
import { scriptTokens, type Token } from './script-tokens.ts'
import { valuesOf } from './script-values.ts'

const MOST_LOADS = 400

type Draft = { kind: LoadKind; argument: string; at: number; alternative: boolean; calls?: string[]; statement?: true }

/** What a script loads, in the order in which it is written. Never throws. */
export function scriptLoads(path: string, source: string): NodeScript | undefined {
  const tokens = scriptTokens(source)
  const structure = scriptStructure(tokens)
  const names = scriptNames(tokens, structure)
  const run = execution(structure)
  const drafts: Draft[] = []
  const loaders = new Map<string, LoadKind>()
  const modules = new Map<string, Draft>()
  let preGyp = false

  for (const at of structure.statements) statement(at)
  for (const { name, receiver, open } of structure.calls) {
    const close = structure.closers.get(open)
    if (close === undefined) continue
    if (/interop|toESM|importDefault|importStar/i.test(name)) renamed(open, close)
    if (name === 'dlopen' && receiver === 'process') dlopen(open, close)
    else if (name === 'import' && receiver === undefined) add('import', open, close)
    else if (REQUIRE.test(name) && (receiver === undefined || receiver === 'module' || receiver === 'exports'))
      required(name, open, close)
    else if (receiver === undefined && loaders.has(name)) add(loaders.get(name) as LoadKind, open, close)
    else if (receiver === undefined && modules.has(name)) bothCalled(modules.get(name) as Draft, name, open)
    else if (receiver !== undefined && modules.has(receiver)) called(modules.get(receiver) as Draft, name, open)
    else if (receiver !== undefined && loaders.has(receiver))
      viaLoader(loaders.get(receiver) as LoadKind, name, open, close)
  }
  const loads = drafts.flatMap((draft) => load(draft, run, tokens)).slice(0, MOST_LOADS)
  if (loads.length === 0) return undefined
  const throws = givesUp()
  return {
    kind: 'script',
    path,
    ...(structure.isModule && { esm: true as const }),
    loads,
    ...(throws && { throws: true as const }),
  }

  /** It throws after what it tried, unconditionally or where what it looked for is not there. */
  function givesUp(): boolean {
    const tried = drafts.filter(isTried)
    if (tried.length === 0) return false
    const variables = new Set(
      tried.flatMap(({ at }) => [...variablesOf(at), ...(structure.functions[run.placeAt(at).within]?.names ?? [])]),
    )
    const results = new Set([...variables].flatMap((name) => [name, ...resultsOf(name)]))
    const asks = (condition: string): boolean =>
      /binding|native|addon|load_?err|missing/i.test(condition) ||
      (condition.match(/[\w$]+/g) ?? []).some((word) => results.has(word))
    return run.thrown.some(
      ({ at, place, conditions }) =>
        conditions.some(asks) ||
        (conditions.every((one) => one === '') &&
          tried.some((one) => one.at < at && run.placeAt(one.at).within === place.within)),
    )
  }

  /** Variables that are assigned what a function answers. */
  function resultsOf(name: string): readonly string[] {
    return structure.calls.flatMap((call) =>
      call.name === name && call.receiver === undefined ? variablesOf(call.at) : [],
    )
  }

  /** `import … from 'x'`, `export … from 'x'`, `import 'x'`. */
  function statement(at: number): void {
    if (tokens[at + 1]?.value === 'type' && tokens[at + 1]?.type === 'name' && tokens[at + 2]?.value !== 'from') return
    for (let next = at + 1; next < Math.min(at + 2000, tokens.length); next++) {
      const token = tokens[next] as Token
      if (token.type === 'text') {
        const before = tokens[next - 1] as Token
        if (before.value !== 'from' && next !== at + 1) return
        const draft: Draft = { kind: 'import', argument: token.value, at, alternative: false, statement: true }
        drafts.push(draft)
        for (const one of tokens.slice(at + 1, next)) if (one.type === 'name') bind(one.value, draft)
        return
      }
      if (token.type === 'punctuation' && !/^[{},*]$/.test(token.value)) return
      if (token.type === 'name' && /^(?:const|let|var|function|class|default|async)$/.test(token.value)) return
    }
  }

  function bind(name: string, draft: Draft): void {
    const loader = LOADERS[draft.argument]
    if (loader !== undefined) loaders.set(name, loader)
    else modules.set(name, draft)
  }

  function required(name: string, open: number, close: number): void {
    // `function require(…)` of bundlers: ids of modules, no names.
    if (tokens[open + 1]?.type === 'number') return
    const [only] = splitTop(tokens, open + 1, close, ',')
    if (only === undefined) return
    const [value, ...more] = valuesOf(tokens, only[0], only[1], names)
    const loader = value === undefined || more.length > 0 ? undefined : LOADERS[value]
    if (loader !== undefined) {
      preGyp ||= loader === 'node-pre-gyp'
      loaderRequired(loader, open, close)
      return
    }
    if (preGyp && value === '*' && name === 'require') {
      drafts.push({ kind: 'node-pre-gyp', argument: '', at: open - 1, alternative: false })
      return
    }
    add('require', open, close)
  }

  /** `require('bindings')('x')`, or a variable that is called later. */
  function loaderRequired(loader: LoadKind, open: number, close: number): void {
    const after = tokens[close + 1]
    const end = structure.closers.get(close + 1)
    if (after?.value === '(' && end !== undefined) {
      add(loader, close + 1, end)
      return
    }
    if (after?.value === '.' && tokens[close + 3]?.value === '(') {
      const inner = structure.closers.get(close + 3)
      if (inner !== undefined) {
        viaLoader(loader, tokens[close + 2]?.value ?? '', close + 3, inner)
        return
      }
    }
    for (const name of variablesOf(open - 1)) loaders.set(name, loader)
  }

  function viaLoader(loader: LoadKind, method: string, open: number, close: number): void {
    if (loader === 'node-pre-gyp') {
      // What `find` answers is required next, or in the same expression.
      preGyp ||= method === 'find'
    } else if (method !== 'path' && method !== 'resolve') add(loader, open, close)
  }

  /** Names on the left of `= require(…)`: one, or those taken out of the module. */
  function variablesOf(at: number): readonly string[] {
    let back = at - 1
    while (
      tokens[back]?.value === '(' ||
      (tokens[back]?.type === 'name' &&
        /^(?:__toESM|__importDefault|__importStar|_interopRequire\w*|await|new)$/.test(tokens[back]?.value ?? ''))
    )
      back--
    if (tokens[back]?.value !== '=') return []
    if (tokens[back - 1]?.type === 'name') return [tokens[back - 1]?.value ?? '']
    if (tokens[back - 1]?.value !== '}') return []
    const found: string[] = []
    for (let next = back - 2; next > back - 60 && tokens[next]?.value !== '{'; next--) {
      const token = tokens[next]
      if (token?.type === 'name') found.push(token.value)
    }
    return found
  }

  /** `var a__default = _interopDefault(a)`. */
  function renamed(open: number, close: number): void {
    const inner = close - open === 2 ? (tokens[open + 1]?.value ?? '') : ''
    const loader = loaders.get(inner)
    const module = modules.get(inner)
    for (const name of variablesOf(open - 1)) {
      if (loader !== undefined) loaders.set(name, loader)
      if (module !== undefined) modules.set(name, module)
    }
  }

  function dlopen(open: number, close: number): void {
    const second = splitTop(tokens, open + 1, close, ',')[1]
    if (second === undefined) return
    const values = valuesOf(tokens, second[0], second[1], names)
    for (const argument of values)
      drafts.push({ kind: 'dlopen', argument, at: open - 1, alternative: values.length > 1 })
  }

  function add(kind: LoadKind, open: number, close: number): void {
    const [first, second] = splitTop(tokens, open + 1, close, ',')
    const at = open - 1
    if (kind === 'bindings') {
      const argument = bindingName(open, close)
      drafts.push({ kind, argument, at, alternative: false })
      return
    }
    if (kind === 'pkg-prebuilds' && second !== undefined && first !== undefined) {
      drafts.push({ kind, argument: valuesOf(tokens, first[0], first[1], names)[0] ?? '*', at, alternative: false })
      return
    }
    if (first === undefined) return
    const values = valuesOf(tokens, first[0], first[1], names)
    const variables = variablesOf(at)
    for (const argument of values) {
      const draft: Draft = { kind, argument, at, alternative: values.length > 1 }
      drafts.push(draft)
      if (tokens[close + 1]?.value === '(') called(draft, 'default', close + 1)
      if (tokens[close + 1]?.value === '.' && tokens[close + 3]?.value === '(')
        called(draft, tokens[close + 2]?.value ?? '', close + 3)
      for (const name of variables) modules.set(name, draft)
    }
  }

  /** `bindings('x')`, `bindings({ bindings: 'x', module_root: … })`, or the package's own name. */
  function bindingName(open: number, close: number): string {
    for (let at = open + 1; at < close; at++) {
      const token = tokens[at] as Token
      if (token.type === 'name' && token.value === 'bindings' && tokens[at + 1]?.value === ':')
        return valuesOf(tokens, at + 2, Math.min(close, endOfExpression(tokens, at + 2)), names)[0] ?? '*'
    }
    const [first] = splitTop(tokens, open + 1, close, ',')
    return first === undefined ? 'bindings' : (valuesOf(tokens, first[0], first[1], names)[0] ?? '*')
  }

  /** A name may be the module itself or one that was taken out of it. */
  function bothCalled(draft: Draft, name: string, open: number): void {
    called(draft, 'default', open)
    called(draft, name, open)
  }

  function called(draft: Draft, name: string, open: number): void {
    if (run.stateOf(run.placeAt(open - 1)) === undefined) return
    draft.calls ??= []
    if (draft.calls.length < 12 && !draft.calls.includes(name)) draft.calls.push(name)
  }
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

const TRIED = /\.node$|\$\{|\*|(?:linux|darwin|win32|wasm32|binding|native)/i

function isTried({ kind, argument }: Draft): boolean {
  return (kind !== 'require' && kind !== 'import') || TRIED.test(argument)
}
