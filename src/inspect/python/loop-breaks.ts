import type { PythonStep, TryStep } from './python-step.ts'

/** Stand for exceptions as which `break` leaves a loop that has an `else`, and `continue` a handler; nobody else catches them. */
export const BREAK = '<break>'
export const CONTINUE = '<continue>'

/** `for …: … break … else: …`: what follows `else` runs when nothing ended the loop; `undefined`: nothing in it could. */
export function endedLoop(loop: readonly PythonStep[], other: readonly PythonStep[]): TryStep | undefined {
  return raises(loop, BREAK) ? { try: loop, except: [{ types: [BREAK], body: [] }], else: other } : undefined
}

/** The body of a loop, of which a handler may pass over the rest. */
export function continuedBody(loop: readonly PythonStep[]): readonly PythonStep[] {
  const body = without(loop, CONTINUE, true)
  return raises(body, CONTINUE) ? [{ try: body, except: [{ types: [CONTINUE], body: [] }] }] : body
}

/** The body of a loop after which the program goes on in any case. */
export function withoutBreaks(steps: readonly PythonStep[]): readonly PythonStep[] {
  return without(steps, BREAK, false)
}

function raises(steps: readonly PythonStep[], jump: string): boolean {
  return steps.some((step) => {
    if ('raise' in step) return step.raise === jump
    if ('if' in step) return raises(step.body, jump) || raises(step.else ?? [], jump)
    if (!('try' in step)) return false
    const blocks = [step.try, ...step.except.map(({ body }) => body), step.else ?? [], step.finally ?? []]
    return blocks.some((block) => raises(block, jump))
  })
}

/** `inHandlers`: those that stand right in a handler are kept. */
function without(steps: readonly PythonStep[], jump: string, inHandlers: boolean): readonly PythonStep[] {
  if (!raises(steps, jump)) return steps
  const inner = (block: readonly PythonStep[]) => without(block, jump, inHandlers)
  return steps.flatMap((step): readonly PythonStep[] => {
    if ('raise' in step) return step.raise === jump ? [] : [step]
    if ('if' in step) return [{ ...step, body: inner(step.body), ...(step.else && { else: inner(step.else) }) }]
    if (!('try' in step)) return [step]
    const except = step.except.map(({ types, body }) => {
      const jumps = inHandlers ? body.filter((one) => 'raise' in one && one.raise === jump) : []
      return { types, body: [...inner(body), ...jumps] }
    })
    return [
      {
        try: inner(step.try),
        except,
        ...(step.else && { else: inner(step.else) }),
        ...(step.finally && { finally: inner(step.finally) }),
      },
    ]
  })
}
