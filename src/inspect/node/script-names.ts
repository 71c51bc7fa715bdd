import type { ScriptFunction, Structure } from './script-structure.ts'
import type { Token } from './script-tokens.ts'
import { type Assigned, type Names, splitTop, type Values, valuesOf } from './script-values.ts'

const MOST_ASSIGNED = 6

/** What the names of a script stand for, as far as their expressions say. */
export function scriptNames(tokens: readonly Token[], structure: Structure): Names {
  const assigned = new Map<string, Assigned>()
  for (let at = 1; at < tokens.length - 1; at++) {
    const token = tokens[at] as Token
    if (token.type !== 'punctuation' || token.value !== '=') continue
    const before = tokens[at - 1] as Token
    const after = tokens[at + 1] as Token
    if (after.type === 'punctuation' && after.value === '=') {
      at += 2
      continue
    }
    const adds = before.type === 'punctuation' && before.value === '+'
    const name = adds ? tokens[at - 2] : before
    const owner = tokens[at - (adds ? 3 : 2)]
    if (name?.type !== 'name' || (owner?.type === 'punctuation' && owner.value === '.')) continue
    const entry: Assigned = assigned.get(name.value) ?? { starts: [], open: false }
    if (adds) entry.open = true
    else if (entry.starts.length < MOST_ASSIGNED) entry.starts.push(at + 1)
    assigned.set(name.value, entry)
  }
  const given = givenNames(tokens, structure)
  const known = new Map<string, Values | undefined>()
  const names: Names = {
    assigned,
    given(name, depth) {
      if (!known.has(name)) {
        // A name that is given itself, in circles, is not known.
        known.set(name, undefined)
        known.set(name, given(name, names, depth))
      }
      return known.get(name)
    },
  }
  return names
}

/** Parameters of functions that are called with something, items of lists that are gone through. */
function givenNames(tokens: readonly Token[], { functions, calls, closers }: Structure) {
  const byParameter = new Map<string, ScriptFunction[]>()
  for (const one of functions) {
    if (one.parameters.length > 6) continue
    for (const parameter of one.parameters) {
      const known = byParameter.get(parameter)
      if (known === undefined) byParameter.set(parameter, [one])
      else known.push(one)
    }
  }
  const callsByName = Map.groupBy(calls, ({ name }) => name)
  const lists = listItems(tokens, closers)

  return (name: string, names: Names, depth: number): Values | undefined => {
    const values = new Set<string>()
    const add = (from: number, to: number) => {
      for (const value of valuesOf(tokens, from, to, names, depth + 1)) if (value !== '*') values.add(value)
    }
    for (const [from, to] of lists.get(name) ?? []) add(from, to)
    for (const one of (byParameter.get(name) ?? []).slice(0, 20)) {
      if (one.over !== undefined && one.parameters[0] === name) add(one.over, one.over + 1)
      if (names.assigned.has(name)) continue
      const index = one.parameters.indexOf(name)
      for (const { open } of one.names.flatMap((its) => callsByName.get(its) ?? []).slice(0, 20)) {
        const close = closers.get(open)
        const argument = close === undefined ? undefined : splitTop(tokens, open + 1, close, ',')[index]
        if (argument !== undefined) add(argument[0], argument[1])
      }
    }
    return values.size === 0 ? undefined : [...values].slice(0, 12)
  }
}

/** `for (const name of list)`. */
function listItems(tokens: readonly Token[], closers: Structure['closers']) {
  // A bundle goes through thousands of lists under one short name.
  const lists = new Map<string, (readonly [number, number])[]>()
  for (let at = 2; at < tokens.length - 2; at++) {
    const { type, value } = tokens[at] as Token
    if (type !== 'name' || value !== 'of') continue
    const name = tokens[at - 1]
    const close = [2, 3, 4].map((back) => closers.get(at - back)).find((end) => end !== undefined && end > at)
    if (name?.type !== 'name' || close === undefined) continue
    const known = lists.get(name.value)
    if (known === undefined) lists.set(name.value, [[at + 1, close]])
    else known.push([at + 1, close])
  }
  return lists
}
