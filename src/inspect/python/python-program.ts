import { ownValue } from '../../own-value.ts'
import type { BoundNames } from './bound-names.ts'
import { asksForDistributions, type DistributionNames, distributionNames } from './distribution-calls.ts'
import { withOpenedNames } from './opened-names.ts'
import { pythonBlocks } from './python-blocks.ts'
import { importsInside, isDynamicSource, pythonLines, type SourceRange, wholeSource } from './python-lines.ts'
import type { CallStep, IfStep, PythonCondition, PythonStep, PythonValue, TryStep } from './python-step.ts'

/** What running a module does as far as imports depend on it; a module without a say has no steps. */
export function pythonProgram(source: Buffer, bound?: BoundNames): readonly PythonStep[] {
  const isDynamic = isDynamicSource(source)
  const asks = asksForDistributions(source)
  const functions = new Map<string, SourceRange>()
  const read = (range: SourceRange, names?: BoundNames) =>
    pythonBlocks(pythonLines(source, range, isDynamic, asks, names), functions, isDynamic)
  const steps = read(wholeSource(source), bound)
  // What imports and opens libraries may be called by other modules.
  const offered = [...functions].flatMap(([name, at]) => (importsInside(source, at) ? [name] : []))
  const names = usedNames(steps, functions, read, offered)
  const program = kept(steps, names, false)
  return isDynamic ? withOpenedNames(program, source) : program
}

type Names = {
  /** Functions that the module itself calls, of its own or imported ones. */
  readonly called: ReadonlySet<string>
  /** Bodies of its own among them. */
  readonly bodies: ReadonlyMap<string, readonly PythonStep[]>
  /** Names that its conditions ask for. */
  readonly asked: ReadonlySet<string>
  /** Names that hold a word which may be a module's, and that are handed on. */
  readonly words: ReadonlySet<string>
  readonly distributions: DistributionNames
  /** Functions whose bodies are being put in: one in them may bear the same name. */
  readonly within: Set<string>
}

function usedNames(
  steps: readonly PythonStep[],
  functions: ReadonlyMap<string, SourceRange>,
  read: (range: SourceRange) => readonly PythonStep[],
  offered: readonly string[],
): Names {
  const imported = new Set<string>()
  const siblings = new Set<string>()
  const modules = new Set<string>()
  const calls = new Set<string>(offered)
  const constructed = new Set<string>()
  const asked = new Set<string>()
  const held = new Map<string, PythonCondition>()
  const words = new Set<string>()
  const handed = new Set<string>()
  const distributions = distributionNames()
  const visit = (body: readonly PythonStep[]): void => {
    for (const step of body) {
      distributions.add(step)
      if ('call' in step) calls.add(step.call)
      if ('import' in step && step.as === undefined) modules.add(step.import)
      if ('call' in step && step.bare === true && CLASS.test(step.call)) constructed.add(step.call)
      for (const name of handedOn(step)) handed.add(name)
      if ('set' in step && isWord(step.to)) words.add(step.set)
      if ('set' in step && typeof step.to === 'object' && 'holds' in step.to) held.set(step.set, step.to.holds)
      if ('from' in step)
        for (const name of step.names)
          (step.from.startsWith('.') ? siblings : imported).add(ownValue(step.as, name) ?? name)
      else if ('if' in step) namesOf(step.if, asked)
      for (const inner of bodies(step)) visit(inner)
    }
  }
  visit(steps)
  const called = new Set<string>()
  const own = new Map<string, readonly PythonStep[]>()
  // Functions that called ones call are added on the way.
  for (const name of calls) {
    const range = functions.get(name)
    const [first = name] = name.split('.')
    const isOfModule = constructed.has(name) && modules.has(first)
    if (range === undefined && !imported.has(name) && !siblings.has(first) && !isOfModule) continue
    called.add(name)
    if (range === undefined) continue
    const body = read(range)
    own.set(name, body)
    visit(body)
  }
  const handedWords = new Set([...words].filter((word) => handed.has(word)))
  for (let count = -1; count !== asked.size; ) {
    count = asked.size
    for (const [name, condition] of held) if (asked.has(name)) namesOf(condition, asked)
  }
  return { called, bodies: own, asked, words: handedWords, distributions, within: new Set() }
}

/** `cffi.FFI()`: of a module that is imported as a whole only what looks like a class, and is given nothing. */
const CLASS = /^\w+\.[A-Z]\w*$/

function bodies(step: PythonStep): readonly (readonly PythonStep[])[] {
  if ('if' in step) return [step.body, ...(step.else === undefined ? [] : [step.else])]
  if (!('try' in step)) return []
  return [step.try, ...step.except.map(({ body }) => body), step.else ?? [], step.finally ?? []]
}

function namesOf(condition: PythonCondition, into: Set<string>): void {
  if (condition === null || typeof condition === 'boolean') return
  if ('name' in condition) into.add(condition.name)
  else if ('not' in condition) namesOf(condition.not, into)
  else if ('any' in condition) for (const part of condition.any) namesOf(part, into)
}

function isWord(value: PythonValue): boolean {
  return typeof value === 'object' && 'text' in value
}

function handedOn(step: PythonStep): readonly string[] {
  if ('importNamed' in step) return [step.importNamed]
  return 'call' in step ? (step.with ?? []).flatMap((one) => ('name' in one ? [one.name] : [])) : []
}

function keptCall({ with: all, entry: _, ...step }: CallStep, { words }: Names): PythonStep {
  const tells = all?.some((one) => 'text' in one || one.plus !== undefined || words.has(one.name)) === true
  return tells ? { ...step, with: all } : step
}

/** Without what nothing asks for: most of a file's assignments, functions and empty blocks. */
function kept(steps: readonly PythonStep[], names: Names, inFunction: boolean, inTry = false): readonly PythonStep[] {
  return steps.flatMap((step): readonly PythonStep[] => {
    if ('call' in step) return names.called.has(step.call) ? [keptCall(step, names)] : []
    if ('set' in step) {
      // Whether an import went well, which other modules ask for.
      const isFlag = inTry && (step.to === 'true' || step.to === 'false' || step.to === 'none')
      if (names.words.has(step.set)) return [step]
      const { constant, set, to } = step
      return constant === true || isFlag || names.asked.has(set) ? [isWord(to) ? { set, to: 'other' } : step] : []
    }
    if ('find' in step) return names.asked.has(step.into) ? [step] : []
    if ('return' in step) return inFunction ? [step] : []
    if ('distribution' in step) {
      const { through = '', ...lookUp } = step
      return names.distributions.isLookUp(through) ? [lookUp] : []
    }
    if ('if' in step) return keptIf(step, names, inFunction)
    if ('try' in step) return keptTry(step, names, inFunction)
    if (!('def' in step)) return [step]
    if (!names.called.has(step.def)) return names.asked.has(step.def) ? [{ set: step.def, to: 'other' }] : []
    if (names.within.has(step.def)) return []
    names.within.add(step.def)
    const body = kept(names.bodies.get(step.def) ?? [], names, true)
    names.within.delete(step.def)
    return [{ ...step, body }]
  })
}

/** `try: callable` asks for what Python 3 has. */
function whereUnknown(step: PythonStep): PythonStep {
  return 'import' in step || 'from' in step || 'raise' in step ? { if: null, body: [step] } : step
}

function keptIf(step: IfStep, names: Names, inFunction: boolean): readonly PythonStep[] {
  const body = kept(step.body, names, inFunction)
  const other = kept(step.else ?? [], names, inFunction)
  if (step.if === true) return body
  if (step.if === false) return other
  if (body.length === 0 && other.length === 0) return []
  return [{ if: step.if, body, ...(other.length === 0 ? {} : { else: other }) }]
}

function keptTry(step: TryStep, names: Names, inFunction: boolean): readonly PythonStep[] {
  const body = kept(step.try, names, inFunction, !inFunction)
  const other = kept(step.else ?? [], names, inFunction)
  const last = kept(step.finally ?? [], names, inFunction)
  // `try: __SETUP__` asks whether a name exists that only another program or Python 2 would define.
  const unknown = step.except.find(({ types }) => types.includes('NameError'))
  if (step.try.length === 0 && unknown !== undefined)
    return [...kept(unknown.body, names, inFunction).map(whereUnknown), ...last]
  // What cannot fail needs nobody to catch it.
  if (body.every((part) => 'set' in part || 'return' in part || 'def' in part))
    return [...kept(step.try, names, inFunction), ...other, ...last]
  const except = step.except.map(({ types, body: branch }) => ({
    types,
    body: kept(branch, names, inFunction, !inFunction),
  }))
  return [
    {
      try: body,
      except,
      ...(other.length === 0 ? {} : { else: other }),
      ...(last.length === 0 ? {} : { finally: last }),
    },
  ]
}
