import type { PythonModule } from '../../inspect/python/python-file.ts'
import { type ImportRun, type Outcome, raise } from './import-run.ts'

/** `RuntimeError: cannot cache function 'rdist': no locator available for file '/opt/python/umap/layouts.py'`. */
export function refuseCache(run: ImportRun, module: string, { path, numbaCache }: PythonModule): Outcome {
  // Who goes on without numba defines the decorator itself.
  if (numbaCache === undefined || !run.modules.has('numba') || hasCache(run.world.view.environment)) return undefined
  run.chain.push({ path, line: numbaCache })
  const outcome = raise(run, 'RuntimeError', { kind: 'no-cache', module })
  run.chain.pop()
  return outcome
}

/** Who sets one of these on a function has a folder in mind that can be written. */
export const CACHE_VARIABLES = ['NUMBA_CACHE_DIR', 'NUMBA_DISABLE_JIT', 'XDG_CACHE_HOME', 'HOME'] as const

/** A folder to write to, in the order of numba's search; or nothing is compiled at all (numba's `caching.py` and `config.py`). */
export function hasCache(environment: Readonly<Record<string, string>>): boolean {
  const { NUMBA_CACHE_DIR, NUMBA_DISABLE_JIT, XDG_CACHE_HOME, HOME } = environment
  if (NUMBA_CACHE_DIR !== undefined || (NUMBA_DISABLE_JIT ?? '0') !== '0') return true
  return isWritable(XDG_CACHE_HOME ?? HOME ?? '')
}

/** All else is read-only on Lambda, the home of its user included. */
function isWritable(folder: string): boolean {
  return folder === '/tmp' || folder.startsWith('/tmp/')
}
