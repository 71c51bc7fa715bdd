import type { LoadResult } from '../../loader/load-result.ts'
import { DEATH } from './guards.ts'
import type { FailureCause } from './import-result.ts'
import { catcher, type ImportRun, raise } from './import-run.ts'

/** `dlopen`; what is no ELF file at all is refused too. */
export function loadNative(run: ImportRun, path: string, exception: string) {
  const file = run.world.elf(path)
  const attempt = file === undefined ? undefined : run.world.load(run.process, file)
  const fails = attempt?.fails ?? true
  const thrown = attempt !== undefined && killsTheProcess(run, attempt.result) ? DEATH : exception
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

/** The loader looks at no more than the first bytes before it maps a file. */
function killsTheProcess({ world }: ImportRun, { root, missing }: LoadResult): boolean {
  if (root.truncated === true) return true
  // What is like a missing library is looked for among all files, and whether any is cut off too.
  if (missing.length === 0 || !world.hasTruncated) return false
  return missing.some(({ near }) => near.some(({ path, why }) => why === 'unreadable' && world.elf(path)?.truncated))
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
