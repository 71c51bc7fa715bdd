import type { FailureCause, ImportFailure, Place } from './import-result.ts'
import type { ImportRun } from './import-run.ts'
import type { ImportWorld } from './import-world.ts'
import type { PassedOver } from './module-files.ts'
import { withoutSuffix } from './module-name.ts'

/**
 * What another failure comes from: of a handler without another way in, what it was to make up for; where a module gives
 * up after it tried, the last try of the same module.
 */
export function reasonOf(
  { handled, caught, notFound, chain, world }: ImportRun,
  cause: FailureCause,
): ImportFailure | undefined {
  const reason = handled.findLast((one) => isOfNative(one.cause))
  const path = chain.at(-1)?.path
  if (reason !== undefined || path === undefined) return reason
  // What it tried before may have told already that it was not compiled: zmq says so before it tries another way.
  for (const one of [{ chain, cause }, ...handled.toReversed()]) {
    const compiled = compiledOf(one.chain, one.cause, world)
    if (compiled.length > 0)
      return {
        exception: 'ImportError',
        cause: { kind: 'passed-over', module: one.chain.at(-1)?.path ?? path, files: compiled },
        chain: [...one.chain],
        caught: false,
      }
  }
  if (cause.kind !== 'raised') return undefined
  const isHere = ({ chain: its }: ImportFailure): boolean => its.some((place) => place.path === path)
  return caught.findLast((one) => isOfNative(one.cause) && isHere(one)) ?? notFound.findLast(isHere)
}

/**
 * What lies beside a source that only the compiler reads, or that needs other files of its package which only other
 * builds have: a module that was compiled, and that this Python passes over.
 */
function compiledOf(chain: readonly Place[], cause: FailureCause, { files }: ImportWorld): readonly PassedOver[] {
  const beside = ({ path }: Place): readonly PassedOver[] => {
    const at = path.lastIndexOf('/')
    return files.passedOver(withoutSuffix(path).slice(at + 1), [path.slice(0, at)])
  }
  if (cause.kind === 'raised' || (cause.kind === 'absent' && cause.module === 'cython')) {
    const last = chain.at(-1)
    return last === undefined ? [] : beside(last)
  }
  if (cause.kind !== 'absent' || !cause.module.includes('.')) return []
  const folder = `/${cause.module.slice(0, cause.module.lastIndexOf('.')).replaceAll('.', '/')}/`
  return chain.filter(({ path }) => path.includes(folder)).flatMap(beside)
}

/** Refused by NumPy as soon as it was loaded counts too. */
function isOfNative(cause: FailureCause): boolean {
  return isNative(cause) || cause.kind === 'other-numpy'
}

export function isNative(cause: FailureCause): boolean {
  return cause.kind === 'load' || cause.kind === 'passed-over'
}
