import { innerSteps, type PythonStep } from './python-step.ts'

// Constants that a module takes from a library of cffi as it is imported: `POLICY = _lib.X509_V_FLAG_NOTIFY_POLICY`.
const CONSTANT = /^_?lib\.([A-Z][A-Z\d_]+)\s*(?:#.*)?$/

export function askedConstant(value: string, line: number): readonly PythonStep[] {
  // Most values are nothing of the kind, and every assignment asks.
  if (!value.startsWith('_lib.') && !value.startsWith('lib.')) return []
  const [, name] = CONSTANT.exec(value) ?? []
  return name === undefined ? [] : [{ fromLibrary: name, line }]
}

const WORD = /[A-Z][A-Z\d_]{3,}/g

/** Words of a compiled module of cffi that may be names of constants, a blank behind each. */
export function offeredConstants(bytes: Buffer): string {
  return `${[...new Set(bytes.toString('latin1').match(WORD) ?? [])].join(' ')} `
}

/** What a file of cffi offers, by its path. */
export type Offered = ReadonlyMap<string, string>

// Of another library the names are others.
const SHARE = 0.8
const LEAST = 10

/**
 * The program without the constants that its library has. Which library that is its names tell: nearly all of them are
 * there; the rest are of another version.
 */
export function withLackedConstants(steps: readonly PythonStep[], offered: Offered): readonly PythonStep[] {
  const asked = constantsOf(steps)
  if (asked.length === 0) return steps
  const library = [...offered].find(([, words]) => {
    const had = asked.filter((name) => has(words, name)).length
    return had >= LEAST && had >= asked.length * SHARE
  })
  return lacking(steps, library)
}

function lacking(steps: readonly PythonStep[], library: readonly [string, string] | undefined): readonly PythonStep[] {
  return steps.flatMap((step): readonly PythonStep[] => {
    if ('fromLibrary' in step) {
      if (library === undefined || has(library[1], step.fromLibrary)) return []
      return [{ ...step, file: library[0] }]
    }
    const inner = (body: readonly PythonStep[]) => lacking(body, library)
    if ('def' in step) return [{ ...step, body: inner(step.body) }]
    if ('if' in step) return [{ ...step, body: inner(step.body), ...(step.else && { else: inner(step.else) }) }]
    if (!('try' in step)) return [step]
    return [
      {
        try: inner(step.try),
        except: step.except.map(({ types, body }) => ({ types, body: inner(body) })),
        ...(step.else && { else: inner(step.else) }),
        ...(step.finally && { finally: inner(step.finally) }),
      },
    ]
  })
}

function constantsOf(steps: readonly PythonStep[]): readonly string[] {
  return steps.flatMap((step) =>
    'fromLibrary' in step ? [step.fromLibrary] : innerSteps(step).flatMap((body) => constantsOf(body)),
  )
}

/** A linker puts a text that another one ends with into that. */
function has(words: string, name: string): boolean {
  return words.includes(`${name} `)
}
