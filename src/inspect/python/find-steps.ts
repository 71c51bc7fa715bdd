import type { FindStep } from './python-step.ts'

const FIND = /^(?:\w+\.)*_?find_library\s*\(\s*(?:["']([\w.+-]+)["']|([A-Za-z_]\w*))\s*,?\s*\)\s*(?:#.*)?$/s

/** `path = ctypes.util.find_library("zbar")`, and no more than that. */
export function findStep(into: string, value: string, line: number): FindStep | undefined {
  const [, literal, variable] = FIND.exec(value.trim()) ?? []
  if (literal !== undefined) return { find: [`lib${literal}.so`], into, line }
  return variable === undefined ? undefined : { find: [], into, line, variable }
}
