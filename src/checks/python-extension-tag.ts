import type { Check, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { type Owner, owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, listed } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { otherLanguage } from './native/other-language.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { reinstall } from './native/reinstall.ts'
import { passedOverExtensions, type TaggedFile } from './python/extension-tags.ts'
import { filesOf } from './python/import-result.ts'
import type { Interpreter } from './python/interpreter.ts'
import { noPython } from './python/no-python.ts'
import { pythonImports } from './python/python-imports.ts'
import { breaks, pythonNeeds } from './python/python-needs.ts'
import { requiredElsewhere } from './python/required-elsewhere.ts'

const ID = 'python-extension-tag'

export const pythonExtensionTag: Check = {
  id: ID,
  title: "Python's extension modules bear the tag of the runtime's Python",
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)), ...noPython(subject) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly GroundedFinding[] {
  const interpreter = pythonImports(subject, view)?.interpreter
  if (interpreter === undefined) return []
  const ownerOf = owners(subject.artifact)
  const files = passedOverExtensions(subject, view, interpreter)
  const packages = groupBy(files, ({ path }) => causeKey(path, ownerOf(path)))
  return [...packages.values()].map((same) => finding(same, ownerOf(same[0]?.path ?? ''), subject, view))
}

function finding(
  files: readonly TaggedFile[],
  owner: Owner | undefined,
  subject: Subject,
  view: RuntimeView,
): GroundedFinding {
  const paths = files.map(({ path }) => path)
  const { what, ...name } = nameFiles(paths, owner)
  const needs = pythonNeeds(subject, view)
  const broken = paths.flatMap((path) => {
    const need = needs.get(path)
    return need?.need === 'required' && need.fails ? [need] : []
  })
  const imports = pythonImports(subject, view)
  const python = `Python ${imports?.interpreter.version ?? ''}`
  const tags = [...new Set(files.map(({ tag }) => tag))].sort()
  const named = `${tags.slice(0, 3).map(code).join(', ')}${tags.length > 3 ? ` and ${tags.length - 3} more` : ''}`
  const said = `${what} ${paths.length === 1 ? 'is' : 'are'} tagged ${named}: ${python} does not look at ${paths.length === 1 ? 'it' : 'them'}`
  const [first] = broken
  const elsewhere =
    first === undefined && imports !== undefined ? asksElsewhere(owner, subject, imports.interpreter) : []
  return {
    rule: ID,
    ...name,
    ...(first === undefined
      ? ({ level: elsewhere.length > 0 ? 'note' : 'warning', confidence: 'heuristic' } as const)
      : ({ level: 'error', confidence: view.confidence, ...breaks(broken) } as const)),
    message:
      first === undefined
        ? `${said}; ${elsewhere.length > 0 ? `only other systems or Pythons ask for ${code(owner?.name ?? '')} (${listed(elsewhere.map(code), 2)})` : withoutThem(files, subject, view)}`
        : `${said}, and \`import ${first.module}\` fails (${first.because})`,
    expected: (imports?.interpreter.suffixes ?? []).map((suffix) => code(suffix)).join(', '),
    actual: named,
    help:
      (elsewhere.length > 0
        ? 'Nothing has to be done; installed for the runtime, it is left out.'
        : otherPython(tags, subject)) ??
      `It was installed for another Python or another system: install it for the runtime's.\n${reinstall(paths[0] ?? '', owner, subject, view)}`,
    ...examplesOf(paths),
    grounds: { files: paths },
  }
}

function asksElsewhere(owner: Owner | undefined, { artifact }: Subject, python: Interpreter): readonly string[] {
  const name = /^pkg:pypi\/(.+)$/.exec(owner?.purl ?? '')?.[1]
  return name === undefined ? [] : requiredElsewhere(name, artifact.facts.python, python)
}

/** `cpython-312-x86_64-linux-gnu` of all of them is the Python of the stage that they come from. */
function otherPython(tags: readonly string[], subject: Subject): string | undefined {
  const versions = new Set(tags.map((tag) => /^cpython-3(\d+)-/.exec(tag)?.[1]))
  const [minor] = versions
  return versions.size === 1 && minor !== undefined ? otherLanguage('python', `3.${minor}`, subject) : undefined
}

function withoutThem(files: readonly TaggedFile[], subject: Subject, view: RuntimeView): string {
  const needs = pythonNeeds(subject, view)
  const paths = files.map(({ path }) => path)
  const need = paths.map((path) => needs.get(path)).find((one) => one !== undefined)
  const them = paths.length === 1 ? 'it' : 'them'
  // Its own import fails, and nothing that was asked for depends on it.
  if (need !== undefined && paths.some((path) => failsForSure(path, subject, view)))
    return `what asks for ${them} goes on without (${need.because})`
  const goesOn = need !== undefined || files.every(({ hasSource }) => hasSource)
  return goesOn ? 'the package runs without its native code' : `no import of the package itself asks for ${them}`
}

function failsForSure(path: string, subject: Subject, view: RuntimeView): boolean {
  const packages = pythonImports(subject, view)?.packages ?? []
  return packages.some(({ imports }) =>
    imports.some(({ failures }) => failures.some((failure) => filesOf(failure).includes(path))),
  )
}
