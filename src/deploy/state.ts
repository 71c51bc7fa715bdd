import type { FunctionConfiguration } from '../ports/lambda-api.ts'
import type { FunctionState } from '../report/report.ts'

export type Judgement =
  | { readonly phase: 'done' }
  | { readonly phase: 'wait' }
  | {
      readonly phase: 'failed'
      readonly code: 'function-failed' | 'update-failed'
      /** The word that says so: a State, or a LastUpdateStatus. */
      readonly word: string
      readonly reasonCode?: string
      readonly reason?: string
    }

/** States that no update leads out of by waiting. */
const ENDED: readonly string[] = ['Failed', 'Deactivating', 'Deactivated', 'Deleting', 'ActiveNonInvocable']
/** `Inactive` (idle for weeks) counts as ready: the next invocation wakes the function. */
const READY: readonly string[] = ['Active', 'Inactive']

/**
 * Whether a function is ready, on its way, or failed, from both of its status fields (aws.md §5). A word that is not
 * known is waited out; an absent one, as other implementations of the API have it, counts as ready.
 */
export function judgeState(configuration: FunctionConfiguration): Judgement {
  const { state = 'Active', lastUpdateStatus = 'Successful' } = configuration
  // First of all: while an update runs, State is still that of the old code, which may have failed itself.
  if (lastUpdateStatus === 'InProgress') return { phase: 'wait' }
  if (ENDED.includes(state)) {
    return failed('function-failed', state, configuration.stateReasonCode, configuration.stateReason)
  }
  if (lastUpdateStatus === 'Failed') {
    return failed(
      'update-failed',
      lastUpdateStatus,
      configuration.lastUpdateStatusReasonCode,
      configuration.lastUpdateStatusReason,
    )
  }
  return READY.includes(state) && lastUpdateStatus === 'Successful' ? { phase: 'done' } : { phase: 'wait' }
}

/** Both status fields in one line, e.g. `Active / InProgress (Creating: The function is being created.)`. */
export function stateLine(configuration: FunctionConfiguration): string {
  const { state = '–', stateReason, stateReasonCode } = configuration
  const { lastUpdateStatus = '–', lastUpdateStatusReason, lastUpdateStatusReasonCode } = configuration
  return `${state}${because(stateReasonCode, stateReason)} / ${lastUpdateStatus}${because(lastUpdateStatusReasonCode, lastUpdateStatusReason)}`
}

/** The part of a configuration that report.json shows. */
export function functionState(configuration: FunctionConfiguration, imageUri?: string): FunctionState {
  const { codeSha256, layers, state, stateReasonCode } = configuration
  const { lastUpdateStatus, lastUpdateStatusReasonCode, version } = configuration
  return {
    codeSha256: codeSha256 ?? '',
    ...(imageUri === undefined ? {} : { imageUri }),
    ...(layers === undefined ? {} : { layers }),
    state: state ?? '',
    ...(stateReasonCode === undefined ? {} : { stateReasonCode }),
    lastUpdateStatus: lastUpdateStatus ?? '',
    ...(lastUpdateStatusReasonCode === undefined ? {} : { lastUpdateStatusReasonCode }),
    version,
  }
}

function because(code: string | undefined, reason: string | undefined): string {
  const words = [code, reason].filter((word) => word !== undefined)
  return words.length === 0 ? '' : ` (${words.join(': ')})`
}

function failed(
  code: 'function-failed' | 'update-failed',
  word: string,
  reasonCode: string | undefined,
  reason: string | undefined,
): Judgement {
  return {
    phase: 'failed',
    code,
    word,
    ...(reasonCode === undefined ? {} : { reasonCode }),
    ...(reason === undefined ? {} : { reason }),
  }
}
