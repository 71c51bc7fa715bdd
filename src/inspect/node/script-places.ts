import type { Place, Throw } from './script-structure.ts'
import type { Frame, Walk } from './script-walk.ts'

/** Where the walk stands. */
export function place(walk: Walk): Place {
  walk.here ??= makePlace(walk)
  return walk.here
}

function makePlace(walk: Walk): Place {
  let within = 0
  const inside: number[] = []
  let catching: number | undefined
  let dead = false
  let conditional = false
  let architecture: string | undefined
  for (let index = walk.frames.length - 1; index >= 0; index--) {
    const frame = walk.frames[index] as Frame
    if (frame.dead) dead = true
    architecture ??= frame.architecture
    if (within !== 0) continue
    if (frame.kind === 'function') within = frame.id
    else {
      if (frame.conditional) conditional = true
      if (frame.kind === 'try') inside.unshift(frame.id)
      if (frame.kind === 'catch') catching ??= frame.id
    }
  }
  return {
    within,
    tries: inside,
    ...(catching === undefined ? {} : { catching }),
    dead,
    conditional,
    ...(architecture === undefined ? {} : { architecture }),
  }
}

/** Conditions of the function that the walk stands in. */
export function conditionsHere(walk: Walk): Pick<Throw, 'conditions' | 'inCatch'> {
  const conditions: string[] = []
  let inCatch: number | undefined
  for (let index = walk.frames.length - 1; index >= 0; index--) {
    const frame = walk.frames[index] as Frame
    if (frame.kind === 'function') break
    if (frame.kind === 'catch') inCatch ??= conditions.length
    if (frame.conditional || frame.condition !== undefined) conditions.push(frame.condition ?? '')
  }
  return { conditions, inCatch: inCatch ?? 0 }
}
