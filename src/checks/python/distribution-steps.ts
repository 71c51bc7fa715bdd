import { normalisedName } from '../../inspect/python/distribution-name.ts'
import type { DistributionStep, OldestStep } from '../../inspect/python/python-step.ts'
import { ownValue } from '../../own-value.ts'
import { type ImportRun, type Outcome, raise } from './import-run.ts'
import type { ModuleState } from './module-state.ts'
import { refusesVersion } from './version-specifier.ts'

/** Nothing is missing where the runtime was not read, or where other folders may hold it. */
export function askForMetadata(
  run: ImportRun,
  { name: own, folders }: ModuleState,
  { distribution }: DistributionStep,
): Outcome {
  const { world } = run
  if (world.interpreter.standardLibrary === undefined || run.hasMorePath) return undefined
  const parent = folders === undefined ? own.slice(0, Math.max(own.lastIndexOf('.'), 0)) : own
  const meant: Readonly<Record<string, string>> = {
    __name__: own,
    __package__: parent || own,
    __top__: own.split('.', 1)[0] ?? own,
  }
  const name = normalisedName(ownValue(meant, distribution) ?? distribution)
  if (world.hasMetadata(name)) return undefined
  return raise(run, 'PackageNotFoundError', { kind: 'no-metadata', distribution: name })
}

/** Code that was generated for a newer release than the one that is there. */
export function refuseOlder(run: ImportRun, { oldest, of: distribution }: OldestStep): Outcome {
  const version = run.world.versionOf(distribution)
  const wanted = oldest.join('.')
  if (version === undefined || !refusesVersion(`>=${wanted}`, version)) return undefined
  return raise(run, 'VersionError', { kind: 'outdated', distribution, version, oldest: wanted })
}
