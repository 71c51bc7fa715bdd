import { namedLibrary } from './python-calls.ts'
import { innerSteps, type PythonStep } from './python-step.ts'

/** Gives libraries that are opened under a computed name the names that the file speaks of. */
export function withOpenedNames(steps: readonly PythonStep[], source: Buffer): readonly PythonStep[] {
  if (!opensUnnamed(steps)) return steps
  const text = source.toString('latin1')
  // Only where it speaks of no other it is that one.
  const only = namedLibrary(text)
  return named(steps, (variable) => {
    const assigned = variable === undefined ? [] : assignedNames(text, variable)
    return assigned.length > 0 ? assigned : only.length > 0 ? only : triedNames(text)
  })
}

function opensUnnamed(steps: readonly PythonStep[]): boolean {
  return steps.some((step) => ('open' in step ? step.open.length === 0 : innerSteps(step).some(opensUnnamed)))
}

type NamesOf = (variable: string | undefined) => readonly string[]

function named(steps: readonly PythonStep[], namesOf: NamesOf): readonly PythonStep[] {
  return steps.map((step): PythonStep => {
    const inner = (body: readonly PythonStep[]) => named(body, namesOf)
    if ('open' in step) {
      const { variable, ...opened } = step
      return step.open.length > 0 ? opened : { ...opened, open: namesOf(variable) }
    }
    if ('def' in step) return { ...step, body: inner(step.body) }
    if ('if' in step)
      return { ...step, body: inner(step.body), ...(step.else === undefined ? {} : { else: inner(step.else) }) }
    if (!('try' in step)) return step
    return {
      try: inner(step.try),
      except: step.except.map(({ types, body }) => ({ types, body: inner(body) })),
      ...(step.else === undefined ? {} : { else: inner(step.else) }),
      ...(step.finally === undefined ? {} : { finally: inner(step.finally) }),
    }
  })
}

/** `lib = 'libvips.so.42'`, one branch for each system: those of Linux, when nothing else is assigned to it there. */
function assignedNames(source: string, variable: string): readonly string[] {
  const assignments = [...source.matchAll(new RegExp(`^[ \\t]*${variable}[ \\t]*=(?!=)[ \\t]*(.*)$`, 'gm'))]
  const names = assignments.map(([, value = '']) => /^["']([\w.+-]+)["']\s*(?:#.*)?$/.exec(value)?.[1])
  if (names.includes(undefined)) return []
  return [...new Set(names.flatMap((name) => (name !== undefined && /^lib.*\.so(?:\.\d+)*$/.test(name) ? [name] : [])))]
}

const TRIED = /^[ \t]*for[ \t]+(\w+)[ \t]+in[ \t]+(\w+|[[(][^\])]*[\])])[ \t]*:/gm
const MOST_TRIED = 12

/** `for name in candidates: find_library(name)`: the names of the list, when all of them are written there. */
function triedNames(source: string): readonly string[] {
  const [, variable] = /\bfind_library\s*\(\s*([A-Za-z_]\w*)\s*\)/.exec(source) ?? []
  if (variable === undefined) return []
  const loops = [...source.matchAll(TRIED)].filter(([, name]) => name === variable)
  const [loop] = loops
  if (loop === undefined || loops.length > 1) return []
  const list = loop[2] ?? ''
  const text = /^\w+$/.test(list)
    ? new RegExp(`^[ \\t]*${list}[ \\t]*=[ \\t]*([[(][^\\])]*[\\])])`, 'm').exec(source)?.[1]
    : list
  const names = [...(text ?? '').matchAll(/["']([\w.+-]+)["']/g)].map(([, name = '']) => name)
  return names.length > MOST_TRIED ? [] : names.map((name) => `lib${name}.so`)
}
