import { normalisedName } from '../../inspect/python/distribution-name.ts'
import type { VersionStep } from '../../inspect/python/python-step.ts'
import { type ImportRun, type Outcome, raise } from './import-run.ts'
import type { ModuleState } from './module-state.ts'
import { isRequired } from './requirement-marker.ts'
import { refusesVersion } from './version-specifier.ts'

/**
 * A package that compares by itself what is installed with what it requires, as transformers does: its table is that of its
 * metadata. Nothing is missing where the runtime was not read, or where other folders may hold it.
 */
export function checkVersion(run: ImportRun, { path = '' }: ModuleState, { checked, ifThere }: VersionStep): Outcome {
  const { world } = run
  const { interpreter } = world
  // The first one ends it.
  const place = run.chain.at(-1)
  if (run.failures.some(({ chain }) => chain.at(-1)?.path === place?.path && chain.at(-1)?.line === place?.line))
    return undefined
  if (interpreter.standardLibrary === undefined || run.hasMorePath) return undefined
  const name = normalisedName(checked)
  const own = world.distributionOf(path)
  const requirement = own?.requires?.find((one) => one.name === name && isRequired(one, interpreter))
  if (!world.hasMetadata(name)) {
    const module = name.replaceAll('-', '_')
    // Without the package's own metadata only what lies there is known to be wanted.
    const isThere = world.files.find(module, interpreter.path) !== undefined
    if (ifThere === true || (requirement === undefined && (own !== undefined || !isThere))) return undefined
    return raise(
      run,
      'PackageNotFoundError',
      isThere ? { kind: 'no-metadata', distribution: name } : { kind: 'absent', module },
    )
  }
  const version = world.versionOf(name)
  if (requirement === undefined || version === undefined || !refusesVersion(requirement.specifiers, version))
    return undefined
  const [wanted = ''] = requirement.text.split(';', 1)
  return raise(run, 'ImportError', { kind: 'refused', distribution: name, version, wanted: wanted.trim() })
}
