import { namedImport } from './named-imports.ts'
import type { PythonStep } from './python-step.ts'

const STRING = /[rbuRBU]{0,2}(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')/g
const IMPORT = /(?:\bimport_module|\b__import__)\s*\(\s*[rbuRBU]{0,2}(["'])([\w.]+)\1\s*([,)])/
/** `__import__("_core", globals(), locals(), ["f"], 1)`: relative to the package. */
const LEVEL = /\b__import__\s*\([^\n]*,\s*(?:level\s*=\s*)?([1-9])\s*,?\s*\)/
const OPEN = /(?:\b(?:CDLL|PyDLL)|LoadLibrary|dlopen|\bload_pycryptodome_raw_lib)\s*\(/
/** The program itself, a module that is imported, or a library that the caller can do without (WeasyPrint's own wrapper). */
const HARMLESS = /^\s*None\s*[,)]|^\s*\w+(?:\.\w+)*\.__file__\s*[,)]|\ballow_fail\s*=\s*True/
/** What a library is called, by itself or after `find_library(`. */
const LIBRARY_NAME = /["'](lib[\w.+-]*\.so(?:\.\d+)*)["']|find_library\s*\(\s*["']([\w.+-]+)["']/g

/** Calls in a statement that bring in modules and libraries by name. */
export function dynamicSteps(text: string, line: number): readonly PythonStep[] {
  if (/\blambda\b/.test(text)) return []
  const [, , module, next] = IMPORT.exec(text) ?? []
  const steps: PythonStep[] = [...namedImport(text, line)]
  // A relative name needs the package, which is nearly always the module's own.
  if (module !== undefined && !(module.startsWith('.') && next === ')')) {
    const relative = /^(\.+)(.*)$/.exec(module)
    const level = Number(LEVEL.exec(text)?.[1] ?? 0)
    if (level > 0) steps.push(fromRelative('.'.repeat(level), module, line))
    else if (relative === null) steps.push({ import: module, line, as: '' })
    else if (/,\s*(?:package\s*=\s*)?(?:__package__|__name__)\b/.test(text))
      steps.push(fromRelative(relative[1] ?? '.', relative[2] ?? '', line))
  }
  const opened = OPEN.exec(text)
  if (opened !== null) {
    const argument = text.slice(opened.index + opened[0].length)
    const variable = /^\s*([A-Za-z_]\w*)\s*[,)]/.exec(argument)?.[1]
    const isPath = /^\s*(?:str|(?:os\.)?fspath)\s*\(\s*[A-Za-z_]\w*\s*\)\s*[,)]/.test(argument)
    if (!HARMLESS.test(argument))
      steps.push({
        open: strings(argument),
        line,
        ...(variable === undefined ? {} : { variable }),
        ...(isPath && { isPath }),
      })
  }
  return steps
}

/** The one library that a source names, however it spells it: `['libmagic.so', 'libmagic.so.1']`; nothing when there are more. */
export function namedLibrary(source: string): readonly string[] {
  const names = [...source.matchAll(LIBRARY_NAME)].map(([, file, short]) => file ?? `lib${short}.so`)
  const stems = new Set(names.map(libraryStem))
  return stems.size === 1 ? [...new Set(names)] : []
}

/** `libmagic.so.1` -> `magic`, `libsndfile_arm64.so` -> `sndfile`. */
export function libraryStem(name: string): string {
  return name.replace(/^lib/, '').replace(/(?:[_-](?:arm64|aarch64|x86_64|amd64|x64))?\.so[.\d]*$/, '')
}

function fromRelative(dots: string, name: string, line: number): PythonStep {
  const at = name.lastIndexOf('.')
  return { from: dots + name.slice(0, Math.max(at, 0)), names: [name.slice(at + 1)], line }
}

/** `"libsodium.so.{0}".format(version)` */
const VERSION = /(?<=^lib[\w+-]*\.so)\.(?:\{\w*\}|%[ds])$/

function strings(text: string): readonly string[] {
  return [...text.matchAll(STRING)]
    .map(([, double, single]) => (double ?? single ?? '').replace(VERSION, ''))
    .filter((one) => one !== '')
}
