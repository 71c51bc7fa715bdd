/** Names that the statements of one module may bind; `isOpen`: it may have others too. Its own `__getattr__` is one of them. */
export type BoundNames = {
  readonly names: Set<string>
  isOpen: boolean
  /** Attributes of names bound before that are assigned to: `services.client`. */
  readonly given: Set<string>
}

const GLOBAL = Buffer.from('global')
const GLOBALS = /(?<!\.)\bglobals\s*\(/
const GLOBAL_STATEMENT = /^[ \t]*global[ \t]+(.*)/gm
// A class or a function of these names answers for others.
const OPENING = /^(?:__class__|locals|vars|setattr|exec|eval)$/
const WORD = /[A-Za-z_]\w*/g

/** `globals()[name] = …` may bind whatever it likes, and functions the names that they call global. */
export function boundNames(source: Buffer): BoundNames {
  const bound: BoundNames = { names: new Set(), isOpen: false, given: new Set() }
  if (!source.includes(GLOBAL)) return bound
  const text = source.toString('latin1')
  bound.isOpen = GLOBALS.test(text)
  if (!bound.isOpen) for (const [, names = ''] of text.matchAll(GLOBAL_STATEMENT)) addAll(bound, names)
  return bound
}

/** A header or an import: rather too many names than too few, those of classes' own (`inClass`) among them. */
export function bindHeader(bound: BoundNames, word: string, text: string, inClass = false): void {
  if (bound.isOpen) return
  // `__getattr__` answers for the class.
  if (inClass && (word === 'def' || word === 'class')) return
  if (word === 'match' || word === 'case' || /^(?:from|import)\b.*\*/s.test(text)) bound.isOpen = true
  else if (word === 'def' || word === 'class') add(bound, /\b(?:def|class)\s+(\w+)/.exec(text)?.[1] ?? '')
  else if (/^(?:from|import|for|with|async)$/.test(word) || text.includes(':=')) addAll(bound, text)
}

const [TAB, SPACE, OPEN, STAR, COMMA, DOT, COLON, EQUALS, BRACKET] = [9, 32, 40, 42, 44, 46, 58, 61, 91]
// Longer targets are no code of people.
const MOST_TARGETS = 200

/**
 * A simple statement that begins with `word`; `after` is what follows that and blanks. Every statement of every Python
 * file passes here: its text is looked at where it binds more than one name.
 */
export function bindSimple(
  bound: BoundNames,
  word: string,
  bytes: Buffer,
  from: number,
  after: number,
  stop: number,
  inClass = false,
): void {
  // `__class__ = …`
  if (inClass && bytes[after] !== OPEN) return
  const next = bytes[after]
  // `(a, b) = …`
  if (word === '') bound.isOpen = next === OPEN || next === BRACKET || next === STAR || next !== bytes[from]
  else if (next === OPEN) bound.isOpen = OPENING.test(word)
  else if (next === COLON) add(bound, word)
  else if (next === EQUALS && bytes[after + 1] !== EQUALS) {
    add(bound, word)
    if (isChained(bytes, after + 1)) addAll(bound, text(bytes, after, stop))
  } else if (next === COMMA || word === 'type') addAll(bound, text(bytes, from, stop))
  else if (next === DOT && bound.names.has(word)) {
    const [, name] = ATTRIBUTE.exec(bytes.toString('latin1', after, Math.min(stop, after + MOST_TARGETS))) ?? []
    if (name !== undefined) bound.given.add(`${word}.${name}`)
  }
}

/** `.client = …` */
const ATTRIBUTE = /^\.(\w+)\s*=(?!=)/

/** `a = b = …` */
function isChained(bytes: Buffer, from: number): boolean {
  let at = from
  while (bytes[at] === SPACE || bytes[at] === TAB) at++
  while (isWord(bytes[at] ?? 0)) at++
  while (bytes[at] === SPACE || bytes[at] === TAB) at++
  return bytes[at] === COMMA || (bytes[at] === EQUALS && bytes[at + 1] !== EQUALS)
}

function isWord(byte: number): boolean {
  return (
    (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57) || byte === 95 || byte > 127
  )
}

/** Up to its last `=`. */
function text(bytes: Buffer, from: number, stop: number): string {
  const all = bytes.toString('latin1', from, Math.min(stop, from + MOST_TARGETS))
  const last = all.lastIndexOf('=')
  return last === -1 ? all : all.slice(0, last)
}

function addAll(bound: BoundNames, text: string): void {
  for (const [name] of text.matchAll(WORD)) add(bound, name)
}

function add(bound: BoundNames, name: string): void {
  if (OPENING.test(name)) bound.isOpen = true
  bound.names.add(name)
}
