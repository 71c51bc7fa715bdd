import { ownValue } from '../../own-value.ts'
import type { LoadKind } from './node-file.ts'
import { LOADERS } from './require-names.ts'
import type { Execution } from './script-execution.ts'
import type { Structure } from './script-structure.ts'
import type { Token } from './script-tokens.ts'
import type { Names } from './script-values.ts'

/** A load before it is known how it is reached. */
export type Draft = {
  kind: LoadKind
  argument: string
  at: number
  alternative: boolean
  calls?: string[]
  statement?: true
}

/** What is known of the loads of a script while its statements and calls are gone through. */
export type LoadReading = {
  readonly tokens: readonly Token[]
  readonly structure: Structure
  readonly names: Names
  readonly run: Execution
  readonly drafts: Draft[]
  /** Variables that hold packages which look for an addon. */
  readonly loaders: Map<string, LoadKind>
  /** Variables that hold what was loaded, or something out of it. */
  readonly modules: Map<string, Draft>
  /** node-pre-gyp was loaded: the name of the addon is computed by it. */
  preGyp: boolean
}

/** A variable holds what was loaded. */
export function bind(reading: LoadReading, name: string, draft: Draft): void {
  const loader = ownValue(LOADERS, draft.argument)
  if (loader !== undefined) reading.loaders.set(name, loader)
  else reading.modules.set(name, draft)
}

/** A name may be the module itself or one that was taken out of it. */
export function bothCalled(reading: LoadReading, draft: Draft, name: string, open: number): void {
  called(reading, draft, 'default', open)
  called(reading, draft, name, open)
}

/** A name of a module is called while the script loads. */
export function called(reading: LoadReading, draft: Draft, name: string, open: number): void {
  const { run } = reading
  if (run.stateOf(run.placeAt(open - 1)) === undefined) return
  draft.calls ??= []
  if (draft.calls.length < 12 && !draft.calls.includes(name)) draft.calls.push(name)
}
