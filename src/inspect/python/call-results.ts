import type { PythonLine } from './python-lines.ts'
import type { PythonStep } from './python-step.ts'

const NAMED = /^return\s+(?!None\b|True\b|False\b)([A-Za-z_]\w*)\s*(?:#.*)?$/

/** Of what a statement does, with what functions hand back: `return path`, `path = find_it()`. */
export function withResults({ word, text }: PythonLine, steps: readonly PythonStep[]): readonly PythonStep[] {
  if (word === 'return') {
    const [, value] = NAMED.exec(text) ?? []
    return value === undefined ? steps : steps.map((step) => ('return' in step ? { ...step, value } : step))
  }
  const [called, bound] = steps.slice(-2)
  if (called === undefined || bound === undefined || !('call' in called) || !('set' in bound)) return steps
  // What the call is given may be what the name held before.
  const isGiven = called.with?.some((argument) => 'name' in argument && argument.name === bound.set) === true
  if (bound.to !== 'other' || isGiven) return steps
  return [...steps.slice(0, -2), bound, { ...called, into: bound.set }]
}

const BOUND = /^(if\s+(?:not\s+)?)\(\s*(\w+)\s*:=\s*((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/

/** `if not (path := find_it()):` as `path = find_it()` and `if not path:`. */
export function boundFirst(line: PythonLine): { readonly binds: PythonLine; readonly asked: string } | undefined {
  const [whole, asks = '', name = '', value = ''] = BOUND.exec(line.text) ?? []
  if (whole === undefined) return undefined
  const binds = { ...line, word: name, text: `${name} = ${value}` }
  return { binds, asked: `${asks}${name}${line.text.slice(whole.length)}` }
}
