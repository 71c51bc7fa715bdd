import { ownValue } from '../../own-value.ts'
import { CONSTANTS, knownText } from './constant-names.ts'
import type { PythonCondition } from './python-step.ts'
import { closing, split, stringLiteral, type Token, tokensOf, topLevel } from './python-tokens.ts'

const MAIN = '__name__'

/** What decides an `if`, without its keyword; `null` where the text alone cannot tell. */
export function pythonCondition(text: string): PythonCondition {
  const tokens = tokensOf(text)
  if (tokens === undefined || tokens.length > 200) return null
  return either(tokens)
}

function either(tokens: readonly Token[]): PythonCondition {
  const parts = split(tokens, 'or')
  return parts.length === 1 ? both(tokens) : anyOf(parts.map(both))
}

function both(tokens: readonly Token[]): PythonCondition {
  const parts = split(tokens, 'and')
  return parts.length === 1 ? negated(tokens) : not(anyOf(parts.map((part) => not(negated(part)))))
}

function negated(tokens: readonly Token[]): PythonCondition {
  if (tokens[0] === 'not') return not(negated(tokens.slice(1)))
  if (tokens[0] === '(' && closing(tokens, 0) === tokens.length - 1) return either(tokens.slice(1, -1))
  return compared(tokens)
}

function not(condition: PythonCondition): PythonCondition {
  if (condition === null) return null
  if (typeof condition === 'boolean') return !condition
  return 'not' in condition ? condition.not : { not: condition }
}

function anyOf(parts: readonly PythonCondition[]): PythonCondition {
  if (parts.includes(true)) return true
  const left = parts.filter((part) => part !== false)
  if (left.length === 0) return false
  return left.every((part) => part === null) ? null : left.length === 1 ? (left[0] ?? null) : { any: left }
}

const FLIPPED = { '>=': '<=', '>': '<', '<': '>', '<=': '>=', '==': '==', '!=': '!=' } as const
type Comparison = keyof typeof FLIPPED

function compared(tokens: readonly Token[]): PythonCondition {
  const at = topLevel(tokens, (token) => Object.hasOwn(FLIPPED, token) || token === 'in' || token === 'is')
  if (at === -1) return single(tokens)
  const operator = tokens[at] as string
  const left = tokens.slice(0, at)
  const right = tokens.slice(at + 1)
  if (operator === 'is') return identical(left, right)
  if (operator === 'in') {
    const isNot = left.at(-1) === 'not'
    const found = contained(isNot ? left.slice(0, -1) : left, right)
    return isNot ? not(found) : found
  }
  const comparison = operator as Comparison
  const version = versionCompared(left, comparison, right) ?? versionCompared(right, FLIPPED[comparison], left)
  if (version !== undefined) return version
  if (left.join('') === 'len(__path__)' && comparison === '>' && right.join('') === '0') return true
  if (left.join('') === 'sys.maxsize' && (comparison === '>' || comparison === '>=')) return true
  return equal(left, comparison, right)
}

function versionCompared(
  left: readonly Token[],
  version: Comparison,
  right: readonly Token[],
): PythonCondition | undefined {
  const what = left.join('')
  if (/^sys\.version_info(\[0\]|\.major)$/.test(what)) return { version, than: [Number(right[0])] }
  if (!/^(?:\w+\.)?(?:sys\.)?version_info(?:\[:\d\])?$/.test(what)) return undefined
  const than = right.filter((token) => /^\d+$/.test(token)).map(Number)
  if (than.length === 0) return undefined
  // `(3, 11, 9) <= (3,)` is as false as `<= (3, 0)`; of a slice or a number the rest does not count.
  return { version, than: than.length === 1 && what.endsWith('version_info') ? [...than, 0] : than }
}

function equal(left: readonly Token[], comparison: Comparison, right: readonly Token[]): PythonCondition {
  const [a, b] = [left.join(''), right.join('')]
  if (a === MAIN || b === MAIN) {
    const own = stringLiteral(a === MAIN ? b : a) ?? '__main__'
    // Imported, a module bears its own name: grpc asks for it.
    if (own !== '__main__') return namedText([MAIN], comparison, own)
    return comparison === '==' ? false : comparison === '!=' ? true : null
  }
  const variable = /^(?:os\.)?(?:environ\.get|getenv)\(["'](\w+)["'](?:,(["']?)(\w*)\2)?\)$/.exec(a)
  // Nobody sets a package's own switches on Lambda: with its default it does not equal another word.
  if (variable !== null && stringLiteral(b) !== undefined && stringLiteral(b) !== variable[3])
    return comparison === '==' ? false : comparison === '!=' ? true : null
  const known = knownText(a) ?? knownText(b)
  const literal = stringLiteral(a) ?? stringLiteral(b)
  if (literal === undefined) return null
  if (known === undefined) return namedText(left, comparison, literal)
  return comparison === '==' ? known === literal : comparison === '!=' ? known !== literal : null
}

/** `backend == "c"`: what the name holds decides. */
function namedText([name = '', ...more]: readonly Token[], comparison: Comparison, equals: string): PythonCondition {
  if (more.length > 0 || !/^[A-Za-z_]\w*$/.test(name) || (comparison !== '==' && comparison !== '!=')) return null
  return comparison === '==' ? { name, equals } : { not: { name, equals } }
}

function contained(left: readonly Token[], right: readonly Token[]): PythonCondition {
  const [what, where] = [left.join(''), right.join('')]
  const literal = stringLiteral(what)
  if (literal !== undefined && where === 'os.environ') return { variable: literal }
  // Of the command line: Lambda's own program, without arguments.
  if (literal !== undefined && /^sys\.argv(?:\[0\])?$/.test(where)) return false
  // Nobody looks for modules in the folder of a package; lief asks whether somebody does.
  if (what === '__path__[0]' && where === 'sys.path') return false
  const known = knownText(what)
  const all = knownText(where)
  if (literal !== undefined && all !== undefined) return all.includes(literal)
  if (known === undefined) return null
  const names = right.map(stringLiteral).filter((name) => name !== undefined)
  return names.length === 0 ? null : names.includes(known)
}

function identical(left: readonly Token[], right: readonly Token[]): PythonCondition {
  const [name] = left
  if (left.length !== 1 || name === undefined || !/^[A-Za-z_]\w*$/.test(name)) return null
  const isNot = right[0] === 'not'
  const value = (isNot ? right.slice(1) : right).join('')
  if (value !== 'None') return value === 'True' && !isNot ? { name } : null
  return isNot ? { not: { name, none: true } } : { name, none: true }
}

function single(tokens: readonly Token[]): PythonCondition {
  const text = tokens.join('')
  const constant =
    ownValue(CONSTANTS, text) ??
    (/^\w+\.(?:TYPE_CHECKING|PY2|PY3|PYPY)$/.test(text) ? ownValue(CONSTANTS, text.split('.')[1] ?? '') : undefined)
  if (typeof constant === 'boolean') return constant
  const part = /^(.+)\.(startswith|endswith)\(.*\)$/.exec(text)
  const known = knownText(part?.[1] ?? '')
  if (known !== undefined) {
    const parts = tokens.map(stringLiteral).filter((one) => one !== undefined)
    const isPart = (one: string) => (part?.[2] === 'endswith' ? known.endsWith(one) : known.startsWith(one))
    return parts.length > 0 ? parts.some(isPart) : null
  }
  if (/^hasattr\(sys,["'](?:pypy_\w+|getwindowsversion|frozen|_MEIPASS)["']\)$/.test(text)) return false
  if (/^getattr\(sys,["']frozen["'],(?:False|None)\)$/.test(text)) return false
  const variable = /^(?:os\.)?(?:environ\.get|getenv)\((["'])(\w+)\1(?:,(?:None|False|0|""|''))?\)$/.exec(text)
  if (variable?.[2] !== undefined) return { variable: variable[2] }
  const [, asks, feature] = FEATURE.exec(text) ?? []
  if (asks !== undefined && feature !== undefined) return { asks, feature }
  return /^[A-Za-z_]\w*$/.test(text) ? { name: text } : null
}

const FEATURE = /^([A-Za-z_]\w*)\(["']?(SSE2|SSE3|SSSE3|SSE4_1|SSE4_2|AVX|AVX2)["']?\)$/i
