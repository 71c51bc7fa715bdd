import { place } from './script-places.ts'
import { type Frame, push, type Walk } from './script-walk.ts'

export function tryBlock(walk: Walk, at: number): void {
  walk.tries.push({
    place: place(walk),
    caught: false,
    rethrows: false,
    always: false,
    checksCode: false,
    returnsAnyway: false,
  })
  push(walk, { open: '{', start: at, kind: 'try', id: walk.tries.length - 1 })
}

export function catchBlock(walk: Walk, at: number): void {
  const one = walk.pendingTry === undefined ? undefined : walk.tries[walk.pendingTry]
  if (one !== undefined) one.caught = true
  push(walk, { open: '{', start: at, kind: 'catch', id: walk.pendingTry ?? -1 })
}

export function finallyBlock(walk: Walk, at: number): void {
  push(walk, { open: '{', start: at, kind: 'finally', id: walk.pendingTry ?? -1 })
}

/** What is caught is told apart by its `code`. */
export function noteCode(walk: Walk): void {
  for (let index = walk.frames.length - 1; index >= 0; index--) {
    const frame = walk.frames[index] as Frame
    const one = frame.kind === 'catch' ? walk.tries[frame.id] : undefined
    if (one !== undefined) {
      one.checksCode = true
      return
    }
  }
}

/** A `return` in `finally` swallows whatever was thrown. */
export function noteReturn(walk: Walk): void {
  const frame = walk.frames.findLast(({ kind }) => kind === 'function' || kind === 'finally')
  const one = frame?.kind === 'finally' ? walk.tries[frame.id] : undefined
  if (one !== undefined) one.returnsAnyway = true
}
