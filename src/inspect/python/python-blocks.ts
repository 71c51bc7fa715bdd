import { asksForAbsence, byAbsence } from './absence-conditions.ts'
import { boundFirst, withResults } from './call-results.ts'
import { continuedBody, endedLoop, withoutBreaks } from './loop-breaks.ts'
import { callArguments, parameters } from './named-imports.ts'
import { keepList, namedLoop } from './named-loops.ts'
import { dynamicSteps } from './python-calls.ts'
import { pythonCondition } from './python-condition.ts'
import type { PythonLine, SourceRange } from './python-lines.ts'
import type { ExceptBranch, PythonStep } from './python-step.ts'
import { callsWithin, simpleStatement } from './simple-statement.ts'

// Deeper nesting is no code of people: the rest is read as if it stood there.
const MOST_DEPTH = 60

/** Its examples are no code: `>>> with __import__('pytest').raises(…)`. */
const DOCUMENTATION = /^[rRuU]?(?:"""|''')/

/**
 * The statements as a program: indentation becomes nesting. Bodies of functions are put into `functions`, unread. `isDynamic`:
 * of a file that may open libraries calls within calls count too.
 */
export function pythonBlocks(
  lines: readonly PythonLine[],
  functions: Map<string, SourceRange>,
  isDynamic = false,
): readonly PythonStep[] {
  let at = 0
  // Names of the exceptions that handlers around the statement hold.
  const held: string[] = []
  const lists = new Map<string, readonly string[]>()
  // The class at the top of the module whose body is being read.
  let constructed: string | undefined

  return block(-1, 0, false)

  function block(outer: number, depth: number, inClass: boolean): PythonStep[] {
    const steps: PythonStep[] = []
    for (let line = lines[at]; line !== undefined && line.indent > outer; line = lines[at]) {
      at++
      if (depth < MOST_DEPTH) statement(line, steps, depth, inClass)
    }
    return steps
  }

  function statement(line: PythonLine, steps: PythonStep[], depth: number, inClass: boolean): void {
    const { word, indent, text } = line
    const body = () => block(indent, depth + 1, inClass)
    switch (word) {
      case 'async':
        steps.push(...body())
        return
      case 'if':
        steps.push(...condition(line, depth, inClass))
        return
      case 'try':
        steps.push(attempt(line, depth, inClass))
        return
      case 'for':
      case 'while': {
        // Code that loops over nothing would not be written: once is taken for certain.
        const loop = continuedBody(body())
        const other = next(indent, 'else') && body()
        const ended = word === 'for' && other !== undefined ? endedLoop(loop, other) : undefined
        if (ended !== undefined) {
          steps.push(ended)
          return
        }
        const plain = withoutBreaks(loop)
        if (word === 'for') steps.push(...(isDynamic ? namedLoop(text, plain, lists) : plain))
        else steps.push({ if: null, body: plain })
        // A loop that returns what it looks for ends here only when nothing was found.
        if (other !== undefined) steps.push(...(returns(loop) ? other : [{ if: null, body: other }]))
        return
      }
      case 'with':
        steps.push(...dynamicSteps(text, line.line), ...suppressed(text, body()))
        return
      case 'match':
      case 'case':
      // Without what they belong to: no Python, or cut off.
      case 'elif':
      case 'else':
      case 'except':
      case 'finally':
        steps.push({ if: null, body: body() })
        return
      case 'def': {
        const [, name] = /^def\s+(\w+)/.exec(text) ?? []
        // What a class is called for is its `__init__`.
        if (name === '__init__' && line.body !== undefined && constructed !== undefined) {
          functions.set(constructed, line.body)
          steps.push({ def: constructed, body: [], ...parameters(text, true) })
        }
        // Other methods are called through an object, a coroutine by a loop: neither is followed.
        if (name === undefined || line.body === undefined || inClass) return
        functions.set(name, line.body)
        steps.push({ def: name, body: [], ...parameters(text) })
        return
      }
      case 'class': {
        const around = constructed
        constructed = inClass ? undefined : /^class\s+(\w+)/.exec(text)?.[1]
        steps.push(...block(indent, depth + 1, true))
        constructed = around
        return
      }
      default:
        if (DOCUMENTATION.test(text)) return
        if (isDynamic) keepList(text, lists)
        steps.push(...simple(line, inClass))
    }
  }

  function simple(line: PythonLine, inClass: boolean): readonly PythonStep[] {
    const steps = simpleStatement(line, inClass, held)
    return isDynamic ? [...callsWithin(line), ...withResults(line, steps)] : steps
  }

  /** Takes the next line when it is this clause of the statement at `indent`. */
  function next(indent: number, ...words: string[]): PythonLine | undefined {
    const line = lines[at]
    if (line === undefined || line.indent !== indent || !words.includes(line.word)) return undefined
    at++
    return line
  }

  function condition(line: PythonLine, depth: number, inClass: boolean): readonly PythonStep[] {
    const body = block(line.indent, depth + 1, inClass)
    const other = next(line.indent, 'elif', 'else')
    const rest =
      other === undefined
        ? undefined
        : other.word === 'elif'
          ? condition(other, depth, inClass)
          : block(line.indent, depth + 1, inClass)
    // What an empty branch decides nobody asks.
    const decides = body.length > 0 || (rest?.length ?? 0) > 0
    const first = boundFirst(line)
    const asked = (first?.asked ?? line.text).replace(/^(?:el)?if\b/, '')
    const test = decides ? (asksForAbsence(asked, held) ?? pythonCondition(asked)) : null
    const before = first === undefined ? tried(line) : simple(first.binds, inClass)
    return [...before, { if: test, body, ...(rest === undefined || rest.length === 0 ? {} : { else: rest }) }]
  }

  function attempt({ indent }: PythonLine, depth: number, inClass: boolean): PythonStep {
    const body = block(indent, depth + 1, inClass)
    const except: ExceptBranch[] = []
    for (let branch = next(indent, 'except'); branch !== undefined; branch = next(indent, 'except')) {
      held.push(/\bas\s+(\w+)\s*$/.exec(branch.text)?.[1] ?? '')
      except.push(...byAbsence({ types: exceptions(branch.text), body: block(indent, depth + 1, inClass) }))
      held.pop()
    }
    const other = next(indent, 'else') && block(indent, depth + 1, inClass)
    const last = next(indent, 'finally') && block(indent, depth + 1, inClass)
    return { try: body, except, ...(other?.length ? { else: other } : {}), ...(last?.length ? { finally: last } : {}) }
  }
}

/** `if can_import("package.module"):` imports it, whatever it answers. */
function tried({ text, line }: PythonLine): readonly PythonStep[] {
  const [, asked = '', name] = TRIED.exec(text) ?? []
  return name === undefined ? [] : [{ call: name, line, ...callArguments(asked) }]
}

const TRIED = /^(?:el)?if\s+(?:not\s+)?((\w+)\s*\(\s*(["'])\w+(?:\.\w+)+\3\s*\))\s*$/

function returns(steps: readonly PythonStep[]): boolean {
  return steps.some((step) => 'return' in step || ('try' in step && returns(step.try)))
}

/** Names that an `except` clause catches: `except (ImportError, a.B) as e`. */
function exceptions(text: string): readonly string[] {
  const list = text
    .replace(/^except\s*\*?/, '')
    .replace(/\bas\s+\w+\s*$/, '')
    .replace(/#[^\n]*/g, '')
    .trim()
  if (list === '') return []
  return list
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((name) => name.trim().split('.').at(-1) ?? '')
    .filter((name) => name !== '')
    .map((name) => (/^\w+$/.test(name) && /^[A-Z]/.test(name) && name !== name.toUpperCase() ? name : '?'))
}

function suppressed(text: string, body: readonly PythonStep[]): readonly PythonStep[] {
  const [, list] = /\bsuppress\s*\(([^)]*)\)/.exec(text) ?? []
  if (list === undefined) {
    // `pytest.raises(ImportError)` and the like swallow too.
    return /\braises\s*\(/.test(text) ? [{ try: body, except: [{ types: [], body: [] }] }] : body
  }
  return [{ try: body, except: [{ types: exceptions(`except (${list})`), body: [] }] }]
}
