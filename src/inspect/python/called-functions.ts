import { ownValue } from '../../own-value.ts'
import { innerSteps, type PythonStep } from './python-step.ts'

/** What other modules may call of functions that import, by their names: those of calls, as they are called where they come from. */
export function calledNames(modules: Iterable<readonly PythonStep[]>): ReadonlySet<string> {
  const called = new Set<string>()
  for (const steps of modules) {
    const others: Record<string, string> = {}
    const names = new Set<string>()
    collect(steps, names, others)
    for (const name of names) called.add(ownValue(others, name) ?? name)
  }
  return called
}

function collect(steps: readonly PythonStep[], names: Set<string>, others: Record<string, string>): void {
  for (const step of steps) {
    if ('call' in step) names.add(step.call.slice(step.call.indexOf('.') + 1))
    else if ('from' in step) for (const [theirs, ours] of Object.entries(step.as ?? {})) others[ours] = theirs
    for (const body of innerSteps(step)) collect(body, names, others)
  }
}

/**
 * Without functions that nobody calls; those that import by computed names, open libraries or ask for what may be compiled
 * code of their own (`_cffi_backend`) stay, whoever calls them.
 */
export function withoutUncalled(steps: readonly PythonStep[], called: ReadonlySet<string>): readonly PythonStep[] {
  if (!steps.some((step) => isUncalled(step, called) || innerSteps(step).length > 0)) return steps
  const within = (body: readonly PythonStep[]) => withoutUncalled(body, called)
  return steps.flatMap((step): readonly PythonStep[] => {
    if (isUncalled(step, called)) return []
    if ('def' in step) return [step]
    if ('if' in step) {
      const other = within(step.else ?? [])
      return [{ if: step.if, body: within(step.body), ...(other.length === 0 ? {} : { else: other }) }]
    }
    if (!('try' in step)) return [step]
    return [
      {
        ...step,
        try: within(step.try),
        except: step.except.map(({ types, body }) => ({ types, body: within(body) })),
        ...(step.else === undefined ? {} : { else: within(step.else) }),
        ...(step.finally === undefined ? {} : { finally: within(step.finally) }),
      },
    ]
  })
}

function isUncalled(step: PythonStep, called: ReadonlySet<string>): boolean {
  return 'def' in step && !called.has(step.def) && !step.body.some(isComputed)
}

function isComputed(step: PythonStep): boolean {
  if ('importNamed' in step || 'open' in step) return true
  if ('import' in step && (step.as === '' || PRIVATE.test(step.import))) return true
  return innerSteps(step).some((body) => body.some(isComputed))
}

const PRIVATE = /^_[a-z]\w*$/
