import type { PythonStep } from '../../inspect/python/python-step.ts'

/** Packages that a program imports by their full names, guarded or not; functions that nobody calls are not read. */
export function importedPackages(steps: readonly PythonStep[], into = new Set<string>()): ReadonlySet<string> {
  for (const step of steps) {
    if ('import' in step) add(step.import, into)
    else if ('from' in step) add(step.from, into)
    else if ('if' in step) for (const body of [step.body, step.else ?? []]) importedPackages(body, into)
    else if ('def' in step) importedPackages(step.body, into)
    else if ('try' in step)
      for (const body of [step.try, ...step.except.map((branch) => branch.body), step.else ?? [], step.finally ?? []])
        importedPackages(body, into)
  }
  return into
}

function add(name: string, into: Set<string>): void {
  if (!name.startsWith('.')) into.add(name.split('.', 1)[0] ?? name)
}
