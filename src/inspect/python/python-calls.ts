import type { PythonStep } from './python-step.ts'

const STRING = /[rbuRBU]{0,2}(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')/g
const IMPORT = /(?:\bimport_module|\b__import__)\s*\(\s*[rbuRBU]{0,2}(["'])([\w.]+)\1\s*([,)])/
const OPEN = /(?:\b(?:CDLL|PyDLL)|LoadLibrary|\bdlopen)\s*\(/

/** Calls in a statement that bring in modules and libraries by name. */
export function dynamicSteps(text: string, line: number): readonly PythonStep[] {
  if (/\blambda\b/.test(text)) return []
  const [, , module, next] = IMPORT.exec(text) ?? []
  const steps: PythonStep[] = []
  // A relative name needs the package, which is nearly always the module's own.
  if (module !== undefined && !(module.startsWith('.') && next === ')')) {
    const relative = /^(\.+)(.*)$/.exec(module)
    if (relative === null) steps.push({ import: module, line, as: '' })
    else if (/,\s*(?:package\s*=\s*)?(?:__package__|__name__)\b/.test(text))
      steps.push(fromRelative(relative[1] ?? '.', relative[2] ?? '', line))
  }
  const opened = OPEN.exec(text)
  if (opened !== null) steps.push({ open: strings(text.slice(opened.index + opened[0].length)), line })
  return steps
}

function fromRelative(dots: string, name: string, line: number): PythonStep {
  const at = name.lastIndexOf('.')
  return { from: dots + name.slice(0, Math.max(at, 0)), names: [name.slice(at + 1)], line }
}

function strings(text: string): readonly string[] {
  return [...text.matchAll(STRING)].map(([, double, single]) => double ?? single ?? '').filter((one) => one !== '')
}
