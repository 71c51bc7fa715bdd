import { cutOffBy } from '../../loader/cut-off.ts'
import type { LoadResult } from '../../loader/load-result.ts'
import { DEATH } from './guards.ts'
import type { FailureCause } from './import-result.ts'
import { catcher, type ImportRun, raise } from './import-run.ts'

/** `dlopen`; what is no ELF file at all is refused too. */
export function loadNative(run: ImportRun, path: string, exception: string) {
  const file = run.world.elf(path)
  const attempt = file === undefined ? undefined : run.world.load(run.process, file)
  const fails = attempt?.fails ?? true
  const thrown = attempt !== undefined && isKilledBy(run, attempt.result) ? DEATH : exception
  const isRequired = catcher(run, thrown) === undefined
  const before = run.files.get(path)
  if (before === undefined || (isRequired && !before.isRequired))
    run.files.set(path, {
      file: path,
      isRequired,
      fails,
      chain: [...run.chain],
      ...(attempt === undefined ? {} : { result: attempt.result }),
    })
  for (const question of attempt?.result.open ?? []) run.open.add(question)
  if (!fails) {
    if (attempt !== undefined) run.process = attempt.process
    return undefined
  }
  const cause: FailureCause = { kind: 'load', file: path, ...(attempt === undefined ? {} : { result: attempt.result }) }
  return raise(run, thrown, cause)
}

function isKilledBy({ world }: ImportRun, result: LoadResult): boolean {
  // What is like a missing library is looked for among all files: only where some file is cut off at all.
  return (result.root.truncated === true || world.hasTruncated) && cutOffBy(result, world.elf) !== undefined
}

/** `dlopen` by one of several names that the loader looks for; nothing is asked of what the library holds. */
export function loadByName(run: ImportRun, path: string, sonames: readonly string[]) {
  const attempts = sonames.map((soname) => run.world.loadNamed(run.process, path, [soname]))
  if (attempts.some(({ fails }) => !fails)) return undefined
  // The longest name is that of the one version that would do.
  const [soname = ''] = sonames.toSorted((a, b) => b.length - a.length)
  const isRequired = catcher(run, 'OSError') === undefined
  const before = run.files.get(path)
  const earlier = before?.isRequired === isRequired ? (before.result?.root.needed ?? []) : []
  const { result } = run.world.loadNamed(run.process, path, [...new Set([...earlier, soname])])
  if (before === undefined || isRequired || !before.isRequired)
    run.files.set(path, { file: path, isRequired, fails: true, chain: [...run.chain], result })
  return raise(run, 'OSError', { kind: 'load', file: path, result })
}
