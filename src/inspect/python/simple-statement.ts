import { assignment } from './assignment.ts'
import { versionEntry } from './checked-versions.ts'
import { distributionSteps } from './distribution-calls.ts'
import { findStep } from './find-steps.ts'
import { GENERATED, oldestProtobuf, patchedForWindows } from './generated-for.ts'
import { askedConstant } from './library-names.ts'
import { BREAK, CONTINUE } from './loop-breaks.ts'
import { assignedPair, callArguments } from './named-imports.ts'
import { dynamicSteps } from './python-calls.ts'
import { fromStep, importSteps } from './python-imports.ts'
import type { PythonLine } from './python-lines.ts'
import type { PythonStep } from './python-step.ts'

/** What a statement of one line does. `held`: names of the exceptions that handlers around it hold. */
export function simpleStatement(
  { word, text, line }: PythonLine,
  inClass: boolean,
  held: readonly string[],
): readonly PythonStep[] {
  switch (word) {
    case 'import':
      return importSteps(text, line)
    case 'from': {
      const step = fromStep(text, line)
      return step === undefined ? [] : [step]
    }
    case 'raise': {
      const [, name = ''] = /^raise\s+([\w.]+)/.exec(text) ?? []
      return [{ raise: name.split('.').at(-1) ?? '', line }]
    }
    case 'return': {
      const [, name] = /^return\s+(\w+(?:\.\w+)?)\s*\(/.exec(text) ?? []
      const called: readonly PythonStep[] =
        name === undefined ? [] : [{ call: name, line, ...callArguments(text.replace(/^return\s+/, '')) }]
      return [...dynamicSteps(text, line), ...distributionSteps(text, line), ...called, { return: true }]
    }
    case GENERATED:
      return oldestProtobuf(text, line)
    case 'break':
      return [{ raise: BREAK, line }]
    case 'continue':
      return [{ raise: CONTINUE, line }]
    case 'sys':
      return /^sys\.exit\s*\(/.test(text) ? [{ raise: 'SystemExit', line }] : dynamicSteps(text, line)
  }
  const dynamic = [...dynamicSteps(text, line), ...distributionSteps(text, line)]
  const patch = patchedForWindows(text, line)
  if (patch.length > 0) return patch
  const [, called] = CALLEE.exec(text) ?? []
  if (called !== undefined) return [...dynamic, { call: called, line, ...callArguments(text), ...versionEntry(text) }]
  const pair = inClass ? [] : assignedPair(word, text)
  if (pair.length > 0) return pair
  const [, name, value = ''] = /^(\w+)\s*=\s*(.*)/s.exec(text) ?? []
  if (name === undefined) return [...dynamic, ...unpacked(text, line)]
  const constant = askedConstant(value, line)
  if (constant.length > 0) return constant
  const found = inClass ? undefined : findStep(name, value, line)
  if (found !== undefined) return [found]
  const [, callee] = CALLEE.exec(value) ?? []
  // `error = e`: the exception is kept for later, and is no None.
  if (!inClass && value !== '' && held.includes(value.trim())) return [...dynamic, { set: name, to: 'true' }]
  const calls: readonly PythonStep[] = callee === undefined ? [] : [{ call: callee, line, ...callArguments(value) }]
  return [...dynamic, ...calls, ...(inClass ? [] : [assignment(name, value)])]
}

/** `return prototype((name, load()))` */
export function callsWithin({ word, text, line }: PythonLine): readonly PythonStep[] {
  const open = text.indexOf('(')
  if (open === -1 || NO_CALL.has(word) || !text.includes('(', open + 1) || /\blambda\b/.test(text)) return []
  const inner = text.slice(open + 1).replace(TEXT, '""')
  return [...inner.matchAll(WITHIN)].map(([, call = '']) => ({ call, line }))
}

const NO_CALL = new Set(['import', 'from', 'raise', 'break', 'continue'])
const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g
const WITHIN = /(?<![\w.])([A-Za-z_]\w*)\s*\(/g

/** `library, others = load(path)` */
function unpacked(text: string, line: number): readonly PythonStep[] {
  const [, value = ''] = /^\w+(?:\s*,\s*\w+)+\s*=\s*(?!=)(.*)/s.exec(text) ?? []
  const [, callee] = CALLEE.exec(value) ?? []
  return callee === undefined ? [] : [{ call: callee, line, ...callArguments(value) }]
}

/** A function of this module, or of one that is imported by this name: `loader.load_lib(`. */
const CALLEE = /^(\w+(?:\.\w+)?)\s*\(/
