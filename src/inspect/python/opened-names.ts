import { namedLibrary } from './python-calls.ts'
import { innerSteps, type PythonStep } from './python-step.ts'

/** Gives libraries that are opened or looked for under a computed name the names that the file speaks of. */
export function withOpenedNames(steps: readonly PythonStep[], source: Buffer): readonly PythonStep[] {
  if (!opensUnnamed(steps)) return steps
  const text = source.toString('latin1')
  // Only where it speaks of no other it is that one.
  const only = namedLibrary(text)
  const files = new Set([...text.matchAll(FILE)].map(([, name = '']) => name))
  const [file] = files
  return named(steps, {
    near: files.size === 1 ? file : undefined,
    opened(variable) {
      const assigned = variable === undefined ? [] : assignedNames(text, variable)
      if (assigned.length > 0) return assigned
      return only.length > 0 ? only : triedNames(text, variable)
    },
    found: (variable) => triedNames(text, variable),
    // What computes a name does not do so for the C library's.
    any: (variable) => soughtNames(text).filter((name) => variable !== undefined || name !== 'libc.so'),
  })
}

function opensUnnamed(steps: readonly PythonStep[]): boolean {
  return steps.some((step) => {
    if ('open' in step) return step.open.length === 0
    return 'find' in step ? step.find.length === 0 : innerSteps(step).some(opensUnnamed)
  })
}

const FILE = /["']([\w+-][\w.+-]*\.so(?:\.\d+)*)["']/g

type NamesOf = {
  readonly near: string | undefined
  opened(variable: string | undefined): readonly string[]
  found(variable: string | undefined): readonly string[]
  any(variable: string | undefined): readonly string[]
}

function named(steps: readonly PythonStep[], namesOf: NamesOf): readonly PythonStep[] {
  return steps.map((step): PythonStep => {
    const inner = (body: readonly PythonStep[]) => named(body, namesOf)
    if ('open' in step) {
      const { variable, isPath, ...opened } = step
      if (step.open.length > 0) return opened
      const names = namesOf.opened(variable)
      const guess = names.length > 0 ? [] : namesOf.any(variable)
      const isComputed = variable === undefined && isPath === undefined
      const near = names.length > 0 || isComputed ? undefined : namesOf.near
      const own = near === undefined ? opened : { ...opened, near }
      return guess.length > 0 ? { ...own, open: guess, isGuess: true } : { ...own, open: names }
    }
    if ('find' in step) {
      const { variable, ...found } = step
      return step.find.length > 0 ? found : { ...found, find: namesOf.found(variable) }
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
  const names = assignments.map(([, value = '']) => {
    const [, text, sought] =
      /^(?:["']([\w.+-]+)["']|(?:\w+\.)*_?find_library\(["']([\w.+-]+)["']\))\s*(?:#.*)?$/.exec(value) ?? []
    return sought === undefined ? text : `lib${sought}.so`
  })
  if (names.includes(undefined)) return []
  return [...new Set(names.flatMap((name) => (name !== undefined && /^lib.*\.so(?:\.\d+)*$/.test(name) ? [name] : [])))]
}

const TRIED = /^[ \t]*for[ \t]+(\w+)[ \t]+in[ \t]+(\w+|[[(][^\])]*[\])])[ \t]*:/gm
const MOST_TRIED = 12

/** `for name in candidates: find_library(name)`, or `CDLL(name)`: the names of the list, when all of them are written there. */
function triedNames(source: string, opened: string | undefined): readonly string[] {
  const [, sought] = /find_library\s*\(\s*([A-Za-z_]\w*)\s*\)/.exec(source) ?? []
  const loops = [...source.matchAll(TRIED)].filter(([, name]) => name === (sought ?? opened))
  const [loop] = loops
  if (loop === undefined || loops.length > 1) return []
  const list = loop[2] ?? ''
  const text = /^\w+$/.test(list)
    ? new RegExp(`^[ \\t]*${list}[ \\t]*=[ \\t]*([[(][^\\])]*[\\])])`, 'm').exec(source)?.[1]
    : list
  const names = [...(text ?? '').matchAll(/["']([\w.+-]+)["']/g)].map(([, name = '']) => name)
  if (names.length > MOST_TRIED) return []
  return names.flatMap((name) => {
    if (OF_OTHERS.test(name)) return []
    return OF_LINUX.test(name) ? [name] : sought === undefined ? [] : [`lib${name}.so`]
  })
}

const OF_OTHERS = /\.(?:dll|dylib)$/
const OF_LINUX = /^lib.*\.so(?:\.\d+)*$/

/** All names that the file looks for, with or without more behind them: `find_library("MagickWand" + suffix)`. */
function soughtNames(source: string): readonly string[] {
  const names = [...source.matchAll(/find_library\s*\(\s*["']([\w.+-]+)["']/g)].map(([, name = '']) => `lib${name}.so`)
  return names.length > MOST_TRIED ? [] : [...new Set(names)]
}
