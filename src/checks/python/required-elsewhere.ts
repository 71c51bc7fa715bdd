import { pythonDistributions } from '../../inspect/python/distributions.ts'
import type { PythonFile } from '../../inspect/python/python-file.ts'
import { isRuledOut, type MarkedPython } from './requirement-marker.ts'

/**
 * The lines of Requires-Dist by which a distribution came along on another system or with another Python
 * (`pyobjc-core; sys_platform == "darwin"`), itself or with what asks for it. None: something may ask for it here too, or
 * nobody but the user did.
 */
export function requiredElsewhere(name: string, files: readonly PythonFile[], python: MarkedPython): readonly string[] {
  const lines = linesFor(name, new Set([name]))
  return lines === undefined ? [] : [...new Set(lines)]

  function linesFor(wanted: string, above: ReadonlySet<string>): readonly string[] | undefined {
    const found: string[] = []
    for (const asking of pythonDistributions(files))
      for (const one of asking.requires ?? []) {
        if (one.name !== wanted || above.has(asking.name)) continue
        const ofAsking = isRuledOut(one, python) ? [one.text] : linesFor(asking.name, new Set([...above, asking.name]))
        if (ofAsking === undefined) return undefined
        found.push(...ofAsking)
      }
    return found.length === 0 ? undefined : found
  }
}
