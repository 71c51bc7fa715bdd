import { filesOf } from './import-result.ts'
import type { ImportRun } from './import-run.ts'
import type { ImportWorld } from './import-world.ts'
import { importParts, partsOf } from './package-parts.ts'
import type { BrokenUse } from './python-uses.ts'

const MOST_DEEPER = 300

/** Where no part of the package itself fails, one of their parts may: `zmq.backend.cython`. */
export function deeperUse(
  broken: ReadonlySet<string>,
  parts: readonly string[],
  run: ImportRun,
  world: ImportWorld,
): BrokenUse | undefined {
  let left = MOST_DEEPER
  for (let level = parts; level.length > 0 && left > 0; ) {
    const next = level.flatMap((part) => partsOf(run, part, world)).slice(0, left)
    left -= next.length
    for (const { module, failures } of importParts(next, run, world)) {
      for (const failure of failures) {
        const file = filesOf(failure).find((path) => broken.has(path))
        if (file !== undefined) return { module, file, failure }
      }
    }
    level = next
  }
  return undefined
}

/**
 * A package whose parts are folders that load nothing either, as PyCryptodome's: what the modules in them fail for, when these
 * are more than half of them, each broken native file once.
 */
export function mostOfItsParts(
  broken: ReadonlySet<string>,
  parts: readonly string[],
  run: ImportRun,
  world: ImportWorld,
): readonly BrokenUse[] {
  const modules = parts.flatMap((part) => partsOf(run, part, world)).slice(0, MOST_DEEPER)
  const failing = importParts(modules, run, world).flatMap(({ module, failures }) => {
    const uses = failures.flatMap((failure) =>
      filesOf(failure).flatMap((file): readonly BrokenUse[] => (broken.has(file) ? [{ module, file, failure }] : [])),
    )
    return uses.length === 0 ? [] : [uses]
  })
  if (failing.length * 2 <= modules.length) return []
  return [...new Map(failing.flat().map((use) => [use.file, use])).values()]
}
