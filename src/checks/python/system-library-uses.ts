import { posix } from 'node:path'
import { innerSteps, type PythonStep } from '../../inspect/python/python-step.ts'
import { hollowParts } from './hollow-parts.ts'
import type { ImportFailure } from './import-result.ts'
import type { ImportWorld } from './import-world.ts'
import type { BrokenUse, Imported } from './python-uses.ts'

/** Of fewer parts that need it the others are what the package is there for. */
const ENOUGH = 0.25

/** Uses of a package that wraps a library which the system is to have and has not, and that only its parts ask for: `pyzbar.pyzbar`. */
export function systemLibraryUses(tops: readonly Imported[], world: ImportWorld): readonly BrokenUse[] {
  const wrappers = tops.filter(({ result }) => asksForLibraries(result.module, world))
  return hollowParts(wrappers, world, isOfSystem, ENOUGH, false).flatMap(({ module, failures }) =>
    failures.flatMap((failure): readonly BrokenUse[] =>
      isOfSystem(failure) ? [{ module, file: failure.cause.file, failure }] : [],
    ),
  )
}

type OfSystem = ImportFailure & { readonly cause: { readonly kind: 'load'; readonly file: string } }

/** It is told of the source that asks for it. */
function isOfSystem(failure: ImportFailure): failure is OfSystem {
  return failure.cause.kind === 'load' && failure.cause.file.endsWith('.py')
}

/** Parts of most packages need not be imported to know that they do not. */
function asksForLibraries(module: string, { sources, interpreter, files }: ImportWorld): boolean {
  const found = files.find(module, interpreter.path)
  if (found === undefined || found.kind !== 'source') return false
  const folder = posix.dirname(found.path)
  return [...sources.values()].some(({ path, steps }) => path.startsWith(`${folder}/`) && asks(steps))
}

function asks(steps: readonly PythonStep[]): boolean {
  return steps.some((step) => 'open' in step || 'find' in step || innerSteps(step).some(asks))
}
