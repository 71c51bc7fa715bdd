import type { PythonStep, TryStep } from './python-step.ts'

/** Stands for the exception as which `break` leaves a loop that has an `else`; nobody else catches it. */
export const BREAK = '<break>'

/** `for …: … break … else: …`: what follows `else` runs when nothing ended the loop; `undefined`: nothing in it could. */
export function endedLoop(loop: readonly PythonStep[], other: readonly PythonStep[]): TryStep | undefined {
  return breaks(loop) ? { try: loop, except: [{ types: [BREAK], body: [] }], else: other } : undefined
}

function breaks(steps: readonly PythonStep[]): boolean {
  return steps.some((step) => {
    if ('raise' in step) return step.raise === BREAK
    if ('if' in step) return breaks(step.body) || breaks(step.else ?? [])
    if (!('try' in step)) return false
    return [step.try, ...step.except.map(({ body }) => body), step.else ?? [], step.finally ?? []].some(breaks)
  })
}

/** The body of a loop after which the program goes on in any case. */
export function withoutBreaks(steps: readonly PythonStep[]): readonly PythonStep[] {
  if (!breaks(steps)) return steps
  return steps.flatMap((step): readonly PythonStep[] => {
    if ('raise' in step) return step.raise === BREAK ? [] : [step]
    if ('if' in step)
      return [{ ...step, body: withoutBreaks(step.body), ...(step.else && { else: withoutBreaks(step.else) }) }]
    if (!('try' in step)) return [step]
    return [
      {
        try: withoutBreaks(step.try),
        except: step.except.map(({ types, body }) => ({ types, body: withoutBreaks(body) })),
        ...(step.else && { else: withoutBreaks(step.else) }),
        ...(step.finally && { finally: withoutBreaks(step.finally) }),
      },
    ]
  })
}
