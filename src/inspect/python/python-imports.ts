import type { FromStep, ImportStep } from './python-step.ts'

/** `import a.b as c, d` as one step per module. */
export function importSteps(text: string, line: number): readonly ImportStep[] {
  return clean(text)
    .replace(/^import\s+/, '')
    .split(',')
    .flatMap((part) => {
      const [, name, alias] = /^\s*([\w.]+)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? []
      if (name === undefined) return []
      // Without `as` the first part is what the name is bound to.
      return [{ import: name, line, ...(alias === undefined ? {} : { as: alias }) }]
    })
}

/** `from ..a import (b, c as d)`. */
export function fromStep(text: string, line: number): FromStep | undefined {
  const [, module, list] = /^from\s*([.\s]*[\w.]*)\s+import\b\s*(.*)$/s.exec(clean(text)) ?? []
  if (module === undefined || list === undefined) return undefined
  const as: Record<string, string> = {}
  const names = list
    .replace(/[()]/g, ' ')
    .split(',')
    .flatMap((part) => {
      const [, name, alias] = /^\s*(\w+|\*)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? []
      if (name === undefined) return []
      if (alias !== undefined && alias !== name) as[name] = alias
      return [name]
    })
  if (names.length === 0) return undefined
  return { from: module.replace(/\s+/g, ''), names, line, ...(Object.keys(as).length === 0 ? {} : { as }) }
}

/** On one line, without comments and continuations. */
function clean(text: string): string {
  return text
    .replace(/#[^\n]*/g, '')
    .replace(/\\\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
