import { type Place, SCRIPT, type Structure, type Throw } from './script-structure.ts'

export type Guard = 'none' | 'missing' | 'any'

/** How a place is reached while the script loads: by the way that guards it least. */
export type Reached = { readonly guard: Guard; readonly conditional: boolean; readonly alternative: boolean }

export type Execution = {
  placeAt(at: number): Place
  /** `undefined`: not while the script loads. */
  stateOf(place: Place): Reached | undefined
  /** Of the blocks around it alone. */
  guardOf(place: Place): Guard
  /** Functions by whose call it is reached, as others may call them. */
  namesToReach(place: Place): readonly string[]
  /** Where it throws by itself while it loads, and nothing catches it. */
  readonly thrown: readonly Throw[]
}

const RANK: Readonly<Record<Guard, number>> = { none: 0, missing: 1, any: 2 }
const MOST_NAMES = 12

/** Which functions of a script run while it loads, and behind which `try`. */
export function execution(structure: Structure): Execution {
  const { functions, calls, tries, throws } = structure
  const byName = new Map<string, number[]>()
  functions.forEach(({ names }, id) => {
    for (const name of names) {
      const ids = byName.get(name)
      if (ids === undefined) byName.set(name, [id])
      else ids.push(id)
    }
  })
  for (const { place, inCatch } of throws) {
    const one = place.catching === undefined ? undefined : tries[place.catching]
    if (one === undefined || place.dead) continue
    one.rethrows = true
    if (inCatch === 0) one.always = true
  }
  const guards = tries.map(({ caught, rethrows, always, checksCode, returnsAnyway }): Guard => {
    if (returnsAnyway) return 'any'
    if (!caught) return 'none'
    return rethrows ? (checksCode && !always ? 'missing' : 'none') : 'any'
  })
  const reached = new Map<number, Reached>([[0, { guard: 'none', conditional: false, alternative: false }]])
  const callsWithin = Map.groupBy(calls, ({ place }) => place.within)
  const functionsWithin = Map.groupBy(functions.map((_, id) => id).slice(1), (id) => functions[id]?.place.within ?? 0)
  const waiting = [0]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const inner of functionsWithin.get(id) ?? []) {
      const one = functions[inner]
      if (one?.invoked && !one.place.dead) visit(inner, one.place)
    }
    for (const { name, receiver, place } of callsWithin.get(id) ?? []) {
      if (place.dead || (receiver !== undefined && !/^(?:this|exports|module|self)$/.test(receiver))) continue
      for (const target of byName.get(name) ?? []) visit(target, place)
    }
  }
  let callsByName: Map<string, Structure['calls'][number][]> | undefined
  const callsOf = () => {
    callsByName ??= Map.groupBy(calls, ({ name }) => name)
    return callsByName
  }
  const places = placeIndex(structure)
  const thrown = throws.filter(({ place }) => {
    const state = place.dead ? undefined : stateOf(place)
    return state !== undefined && state.guard === 'none'
  })

  return { placeAt: places, stateOf, guardOf, namesToReach, thrown }

  function visit(target: number, place: Place): void {
    const next = stateOf(place)
    if (next === undefined) return
    const before = reached.get(target)
    const merged = before === undefined ? next : least(before, next)
    if (
      before !== undefined &&
      before.guard === merged.guard &&
      before.conditional === merged.conditional &&
      before.alternative === merged.alternative
    )
      return
    reached.set(target, merged)
    waiting.push(target)
  }

  function stateOf(place: Place): Reached | undefined {
    const outer = reached.get(place.within)
    if (outer === undefined) return undefined
    const own = guardOf(place)
    return {
      guard: RANK[own] > RANK[outer.guard] ? own : outer.guard,
      conditional: outer.conditional || place.conditional,
      alternative: outer.alternative || place.catching !== undefined,
    }
  }

  function guardOf({ tries: around, catching }: Place): Guard {
    if (catching !== undefined && tries[catching]?.returnsAnyway) return 'any'
    return around.reduce<Guard>((best, id) => {
      const guard = guards[id] ?? 'none'
      return RANK[guard] > RANK[best] ? guard : best
    }, 'none')
  }

  function namesToReach(place: Place): readonly string[] {
    const seen = new Set<number>()
    const names = new Set<string>()
    const open = [place.within]
    for (let id = open.pop(); id !== undefined && names.size < MOST_NAMES && seen.size < 200; id = open.pop()) {
      if (seen.has(id) || id === 0) continue
      seen.add(id)
      const one = functions[id]
      if (one === undefined) continue
      for (const name of one.names) names.add(name)
      if (one.invoked) open.push(one.place.within)
      for (const name of one.names) for (const call of callsOf().get(name) ?? []) open.push(call.place.within)
    }
    return [...names].slice(0, MOST_NAMES)
  }
}

function least(a: Reached, b: Reached): Reached {
  return {
    guard: RANK[a.guard] < RANK[b.guard] ? a.guard : b.guard,
    conditional: a.conditional && b.conditional,
    alternative: a.alternative && b.alternative,
  }
}

/** Place of a call by its token; statements of modules stand in the script itself. */
function placeIndex({ calls }: Structure): (at: number) => Place {
  const byToken = new Map(calls.map(({ at, place }) => [at, place]))
  // A second pair of brackets, `require('bindings')('x')`, has the place of the first.
  return (at) => {
    for (let back = at; back > at - 40 && back >= 0; back--) {
      const place = byToken.get(back)
      if (place !== undefined) return place
    }
    return SCRIPT
  }
}
