import type { PythonStep } from '../../inspect/python/python-step.ts'
import type { ModuleState } from './module-state.ts'

// What calls deeper than this is executed like any other.
const DEEPEST = 3

/**
 * Whether nothing comes of a call, so that it need not be executed: `add_newdoc`, which NumPy calls hundreds of times to put
 * texts on what is compiled. Of conditions nobody has to know the answer then.
 */
export function isIdle({ functions }: Pick<ModuleState, 'functions'>, body: readonly PythonStep[], depth = 0): boolean {
  const called = idleCalls(body)
  return (
    called !== undefined &&
    depth <= DEEPEST &&
    called.every((name) => {
      const its = functions.get(name)
      return its === undefined || isIdle({ functions }, its.body, depth + 1)
    })
  )
}

const known = new WeakMap<readonly PythonStep[], readonly string[] | 'acts'>()

/** Functions of the module that a body calls, where it does nothing else; `undefined`: it imports, binds or raises. */
function idleCalls(body: readonly PythonStep[]): readonly string[] | undefined {
  let calls = known.get(body)
  if (calls === undefined) {
    const found = new Set<string>()
    calls = collect(body, found) ? [...found] : 'acts'
    known.set(body, calls)
  }
  return calls === 'acts' ? undefined : calls
}

function collect(steps: readonly PythonStep[], calls: Set<string>): boolean {
  return steps.every((step) => {
    if ('if' in step) return collect(step.body, calls) && collect(step.else ?? [], calls)
    if ('return' in step) return true
    // Nothing in it raises, so that no handler runs.
    if ('try' in step) return collect([...step.try, ...(step.else ?? []), ...(step.finally ?? [])], calls)
    // Of another module's function nobody knows here what it does.
    if (!('call' in step) || step.call.includes('.')) return false
    calls.add(step.call)
    return true
  })
}
