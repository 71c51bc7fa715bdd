import { randomUUID } from 'node:crypto'
import type { AliasConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Archive } from '../archives.ts'
import type { Outcome } from '../faults.ts'

/** Where the code of a function or version comes from. */
export type Code =
  | { readonly packageType: 'Image'; readonly imageUri: string; readonly resolvedImageUri: string }
  | { readonly packageType: 'Zip'; readonly archive: Archive }

/** A function's $LATEST or one of its published versions. */
export type Revision = {
  configuration: FunctionConfiguration & { FunctionName: string; FunctionArn: string; RevisionId: string }
  code: Code
  /** What an invocation runs: during an update still the old code. */
  running: Code
  transition?: Transition
}

export type LambdaFunction = {
  readonly name: string
  readonly arn: string
  readonly latest: Revision
  readonly versions: Revision[]
  readonly aliases: Map<string, AliasConfiguration>
  readonly tags: Readonly<Record<string, string>>
}

/** A creation or update on its way; it ends by being looked at often enough, so that tests need no time. */
export type Transition = {
  readonly of: 'create' | 'update'
  pollsLeft: number
  readonly failed?: { readonly code: string; readonly reason: string }
}

const IN_PROGRESS = 'The function is being created.'

/** Puts a revision on its way: Pending after a creation, InProgress after an update. */
export function begin(revision: Revision, of: 'create' | 'update', outcome: Outcome, defaultPolls: number): void {
  const { configuration } = revision
  const polls = outcome.polls ?? defaultPolls
  revision.transition = {
    of,
    pollsLeft: polls === 'never' ? Number.POSITIVE_INFINITY : polls,
    ...(outcome.failed && { failed: outcome.failed }),
  }
  if (of === 'create') {
    configuration.State = 'Pending'
    configuration.StateReason = IN_PROGRESS
    configuration.StateReasonCode = 'Creating'
  } else {
    configuration.LastUpdateStatus = 'InProgress'
    configuration.LastUpdateStatusReason = IN_PROGRESS
    // AWS sends this word here although its own model does not list it for updates.
    configuration.LastUpdateStatusReasonCode = 'Creating' as NonNullable<
      typeof configuration.LastUpdateStatusReasonCode
    >
  }
  touch(revision)
}

/** One poll: counts down, and ends the transition when its polls are used up. */
export function poll(revision: Revision): void {
  const { transition } = revision
  if (transition === undefined) return
  if (transition.pollsLeft > 0) transition.pollsLeft -= 1
  else settle(revision, transition)
}

function settle(revision: Revision, transition: Transition): void {
  const { configuration } = revision
  const { failed } = transition
  delete revision.transition
  delete configuration.StateReason
  delete configuration.StateReasonCode
  delete configuration.LastUpdateStatusReason
  delete configuration.LastUpdateStatusReasonCode
  configuration.State = 'Active'
  configuration.LastUpdateStatus = 'Successful'
  if (failed === undefined) revision.running = revision.code
  else if (transition.of === 'create') {
    configuration.State = 'Failed'
    configuration.StateReason = failed.reason
    configuration.StateReasonCode = failed.code as NonNullable<typeof configuration.StateReasonCode>
    configuration.LastUpdateStatus = 'Failed'
    configuration.LastUpdateStatusReason = failed.reason
    configuration.LastUpdateStatusReasonCode = failed.code as NonNullable<
      typeof configuration.LastUpdateStatusReasonCode
    >
  } else {
    // State stays Active: invocations go on with the old code.
    configuration.LastUpdateStatus = 'Failed'
    configuration.LastUpdateStatusReason = failed.reason
    configuration.LastUpdateStatusReasonCode = failed.code as NonNullable<
      typeof configuration.LastUpdateStatusReasonCode
    >
  }
  // AWS changes the revision at this moment too, without anybody's write.
  configuration.RevisionId = randomUUID()
}

/** Notes a write: a new RevisionId and time of change. */
export function touch(revision: Revision): void {
  revision.configuration.RevisionId = randomUUID()
  revision.configuration.LastModified = new Date().toISOString().replace('Z', '+0000')
}
