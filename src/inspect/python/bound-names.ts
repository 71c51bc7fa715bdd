/** Names that the statements of one module may bind; `isOpen`: it may have others too. */
export type BoundNames = { readonly names: Set<string>; isOpen: boolean }

const GLOBAL = Buffer.from('global')
// A class or a function of these names answers for others.
const OPENING = /^(?:__getattr__|__class__|locals|vars|setattr|exec|eval)$/
const WORD = /[A-Za-z_]\w*/g

/** `globals()[name] = …` and `global name` in functions may bind whatever they like. */
export function boundNames(source: Buffer): BoundNames {
  return { names: new Set(), isOpen: source.includes(GLOBAL) }
}

/** A header or an import: rather too many names than too few. */
export function bindHeader(bound: BoundNames, word: string, text: string): void {
  if (bound.isOpen) return
  if (word === 'match' || word === 'case' || /^(?:from|import)\b.*\*/s.test(text)) bound.isOpen = true
  else if (word === 'def' || word === 'class') add(bound, /\b(?:def|class)\s+(\w+)/.exec(text)?.[1] ?? '')
  else if (/^(?:from|import|for|with|async)$/.test(word) || text.includes(':=')) addAll(bound, text)
}

/** A simple statement: what stands before its last `=`, and the first word at any rate. */
export function bindSimple(bound: BoundNames, word: string, text: string): void {
  if (bound.isOpen) return
  // `(a, b) = …`
  if (word === '') bound.isOpen = /^[\w([*]/.test(text)
  else if (word === 'type') addAll(bound, text)
  else {
    add(bound, word)
    const last = text.lastIndexOf('=')
    if (last !== text.indexOf('=') || /^\w+\s*,/.test(text)) addAll(bound, last === -1 ? text : text.slice(0, last))
  }
}

function addAll(bound: BoundNames, text: string): void {
  for (const [name] of text.matchAll(WORD)) add(bound, name)
}

function add(bound: BoundNames, name: string): void {
  if (OPENING.test(name)) bound.isOpen = true
  bound.names.add(name)
}
